-- How often each question was pinned in an interview, and when last. Reads `questions`, `screens`, `screen_questions`
-- and `scorecards`.
WITH
days AS (
  SELECT s.candidate AS candidate, s.screen AS screen, coalesce(max(s.date), min(c.date)) AS day
  FROM screens AS s
  LEFT JOIN scorecards AS c ON c.candidate = s.candidate AND c.screen = s.screen
  GROUP BY s.candidate, s.screen
),
uses AS (
  SELECT q.question AS question, count(*) AS uses, max(days.day) AS last_used
  FROM screen_questions AS q
  JOIN days ON days.candidate = q.candidate AND days.screen = q.screen
  GROUP BY q.question
)
SELECT q.question AS question,
       q.category AS category,
       q.status AS status,
       q.reviewed AS reviewed,
       coalesce(uses.uses, 0) AS uses,
       uses.last_used AS last_used
FROM questions AS q
LEFT JOIN uses ON uses.question = q.question
WHERE q.status <> 'retired'
ORDER BY question
