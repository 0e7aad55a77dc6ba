-- The dimensions of each candidate's screens, one row for each screen. Reads `ratings` and `screen_weights`.
WITH
answers AS (
  SELECT candidate, screen, question, max(category) AS category, count(score) AS ratings, avg(score) AS mean
  FROM ratings
  WHERE position IS NOT NULL
  GROUP BY candidate, screen, question
),
rated AS (
  SELECT DISTINCT candidate, screen FROM answers
)
SELECT w.candidate AS candidate,
       w.screen AS screen,
       w.dimension AS dimension,
       max(w.weight) AS weight,
       count(a.mean) AS questions,
       coalesce(sum(a.ratings), 0) AS ratings,
       avg(a.mean) AS mean
FROM screen_weights AS w
JOIN rated ON rated.candidate = w.candidate AND rated.screen = w.screen
LEFT JOIN answers AS a
  ON a.candidate = w.candidate AND a.screen = w.screen AND a.category = w.category
GROUP BY w.candidate, w.screen, w.dimension
ORDER BY candidate, screen, dimension
