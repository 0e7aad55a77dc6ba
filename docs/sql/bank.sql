-- What the active questions cover, by category. Reads `questions` and `screen_questions`.
-- Categories without a question and what git knows are in `intervy report bank` alone.
WITH
ages AS (
  SELECT category, question, reviewed,
         -- Half a day more, so that a clock that was put forward makes no day of 23 hours less than one.
         extract(DAY FROM (CAST(current_date AS TIMESTAMP) + INTERVAL 12 HOURS - CAST(reviewed AS TIMESTAMP))) AS days
  FROM questions
  WHERE status = 'active'
),
-- A day in the future is no age.
placed AS (
  SELECT category, days,
         row_number() OVER (PARTITION BY category ORDER BY days) AS place,
         count(*) OVER (PARTITION BY category) AS n
  FROM ages
  WHERE reviewed <= current_date
),
medians AS (
  SELECT category, max(days) AS days
  FROM placed
  WHERE place = floor(n / 2) + 1
  GROUP BY category
),
used AS (
  SELECT DISTINCT question FROM screen_questions
)
SELECT q.category AS category,
       count(*) AS active,
       sum(CASE WHEN q.difficulty = 'easy' THEN 1 ELSE 0 END) AS easy,
       sum(CASE WHEN q.difficulty = 'medium' THEN 1 ELSE 0 END) AS medium,
       sum(CASE WHEN q.difficulty = 'hard' THEN 1 ELSE 0 END) AS hard,
       sum(CASE WHEN q.kind = 'technical' THEN 1 ELSE 0 END) AS technical,
       sum(CASE WHEN q.kind = 'behavioral' THEN 1 ELSE 0 END) AS behavioral,
       sum(CASE WHEN q.kind = 'situational' THEN 1 ELSE 0 END) AS situational,
       sum(CASE WHEN q.kind = 'design' THEN 1 ELSE 0 END) AS design,
       sum(CASE WHEN q.kind = 'debugging' THEN 1 ELSE 0 END) AS debugging,
       sum(CASE WHEN q.kind = 'coding' THEN 1 ELSE 0 END) AS coding,
       sum(coalesce(q.minutes_quick, q.minutes_standard, q.minutes_deep)) AS quickest_minutes,
       sum(coalesce(q.minutes_deep, q.minutes_standard, q.minutes_quick)) AS deepest_minutes,
       sum(CASE WHEN q.reviewed IS NULL THEN 1 ELSE 0 END) AS never_reviewed,
       max(medians.days) AS days_since_review,
       sum(CASE WHEN used.question IS NULL THEN 1 ELSE 0 END) AS unused
FROM questions AS q
LEFT JOIN used ON used.question = q.question
LEFT JOIN medians ON medians.category = q.category
WHERE q.status = 'active'
GROUP BY q.category
ORDER BY category
