-- What a season says about the questions. Reads the tables `ratings` and `questions`.
-- Difficulty is not in it: it needs the mixed model of `intervy report questions`.
WITH
in_screens AS (
  SELECT candidate, screen, question,
         max(CASE WHEN asked THEN 1 ELSE 0 END) AS is_asked,
         max(CASE WHEN NOT asked THEN 1 ELSE 0 END) AS is_declined
  FROM ratings
  GROUP BY candidate, screen, question
),
uses AS (
  SELECT question,
         count(*) AS uses,
         sum(is_asked) AS asked,
         sum(CASE WHEN is_asked = 0 THEN is_declined ELSE 0 END) AS not_asked
  FROM in_screens
  GROUP BY question
),
-- Scores of one candidate are not independent: errors are those of whole candidates.
of_candidates AS (
  SELECT candidate, question,
         count(score) AS n,
         CAST(coalesce(sum(score), 0) AS DOUBLE) AS total,
         avg(score) AS mean
  FROM ratings
  GROUP BY candidate, question
),
shares AS (
  SELECT question,
         count(*) / CAST((SELECT count(DISTINCT candidate) FROM ratings) AS DOUBLE) AS exposure
  FROM of_candidates
  GROUP BY question
),
beside_mean AS (
  SELECT question, n, total,
         sum(total) OVER (PARTITION BY question) / sum(n) OVER (PARTITION BY question) AS mean
  FROM of_candidates
  WHERE n > 0
),
errors AS (
  SELECT question,
         CASE WHEN count(*) > 1 THEN
           sqrt(sum((total - mean * n) * (total - mean * n)) * count(*) / (count(*) - 1)) / sum(n)
         END AS mean_error
  FROM beside_mean
  GROUP BY question
),
answered AS (
  SELECT candidate, question, mean,
         sum(mean) OVER (PARTITION BY candidate) AS all_means,
         count(*) OVER (PARTITION BY candidate) AS questions
  FROM of_candidates
  WHERE n > 0
),
-- A question's mean beside the mean of the candidate's other answered questions.
rests AS (
  SELECT question, count(*) AS n, corr(mean, (all_means - mean) / (questions - 1)) AS r
  FROM answered
  WHERE questions > 1
  GROUP BY question
),
times AS (
  SELECT question,
         count(*) AS n,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) / 60 AS minutes,
         avg(planned_minutes) AS planned_minutes
  FROM ratings
  WHERE asked AND seconds IS NOT NULL AND planned_minutes IS NOT NULL
  GROUP BY question
),
scores AS (
  SELECT question,
         count(score) AS ratings,
         avg(score) AS mean,
         stddev_samp(score) AS spread,
         avg(CASE WHEN score = 1 THEN 1 WHEN score IS NOT NULL THEN 0 END) AS lowest,
         avg(CASE WHEN score = 5 THEN 1 WHEN score IS NOT NULL THEN 0 END) AS highest,
         count(DISTINCT hash) AS versions
  FROM ratings
  GROUP BY question
)
SELECT scores.question AS question,
       questions.title AS title,
       questions.status AS status,
       uses.uses AS uses,
       uses.asked AS asked,
       uses.not_asked AS not_asked,
       shares.exposure AS exposure,
       scores.ratings AS ratings,
       scores.mean AS mean,
       errors.mean_error AS mean_error,
       scores.spread AS spread,
       CAST(scores.lowest AS DOUBLE) AS floor,
       CAST(scores.highest AS DOUBLE) AS ceiling,
       coalesce(rests.n, 0) AS item_rest_n,
       CASE WHEN rests.n >= 30 THEN rests.r END AS item_rest,
       coalesce(times.n, 0) AS minutes_n,
       times.minutes AS minutes,
       times.planned_minutes AS planned_minutes,
       scores.versions AS versions
FROM scores
JOIN uses ON uses.question = scores.question
JOIN shares ON shares.question = scores.question
LEFT JOIN errors ON errors.question = scores.question
LEFT JOIN rests ON rests.question = scores.question
LEFT JOIN times ON times.question = scores.question
LEFT JOIN questions ON questions.question = scores.question
ORDER BY question
