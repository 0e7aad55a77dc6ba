-- The weighted mean of each candidate, of independent scores and after revisions. Reads `ratings` and `screen_weights`.
-- What nobody answered counts as nothing: `weight_answered` of `weight` says how much that is. It is no ranking: standard
-- errors need the season's variances, and are in `intervy report candidate`.
WITH
answers AS (
  SELECT candidate, screen, question, max(category) AS category,
         count(score) AS ratings,
         avg(score) AS mean,
         avg(CASE WHEN revised_asked IS NULL THEN score ELSE revised_score END) AS revised_mean
  FROM ratings
  WHERE position IS NOT NULL
  GROUP BY candidate, screen, question
),
rated AS (
  SELECT DISTINCT candidate, screen FROM answers
),
pinned AS (
  SELECT w.candidate AS candidate, w.dimension AS dimension, w.weight AS weight, w.category AS category,
         count(*) AS screens
  FROM screen_weights AS w
  JOIN rated ON rated.candidate = w.candidate AND rated.screen = w.screen
  GROUP BY w.candidate, w.dimension, w.weight, w.category
),
-- Screens that pin different weights have no mean together.
alike AS (
  SELECT pinned.candidate AS candidate, min(pinned.screens) = max(counted.screens) AS is_alike
  FROM pinned
  JOIN (SELECT candidate, count(*) AS screens FROM rated GROUP BY candidate) AS counted
    ON counted.candidate = pinned.candidate
  GROUP BY pinned.candidate
),
dimensions AS (
  SELECT p.candidate AS candidate, p.dimension AS dimension, p.weight AS weight,
         count(a.mean) AS questions,
         coalesce(sum(a.ratings), 0) AS ratings,
         avg(a.mean) AS mean,
         avg(a.revised_mean) AS revised_mean
  FROM pinned AS p
  LEFT JOIN answers AS a ON a.candidate = p.candidate AND a.category = p.category
  GROUP BY p.candidate, p.dimension, p.weight
),
means AS (
  SELECT candidate,
         sum(questions) AS questions,
         sum(ratings) AS ratings,
         sum(weight) AS weight,
         sum(CASE WHEN questions > 0 THEN weight ELSE 0 END) AS weight_answered,
         sum(weight * mean) / nullif(sum(CASE WHEN mean IS NOT NULL THEN weight END), 0) AS mean,
         sum(weight * revised_mean) / nullif(sum(CASE WHEN revised_mean IS NOT NULL THEN weight END), 0) AS revised_mean
  FROM dimensions
  GROUP BY candidate
)
SELECT means.candidate AS candidate,
       means.mean AS mean,
       means.revised_mean AS revised_mean,
       means.questions AS questions,
       means.ratings AS ratings,
       means.weight_answered AS weight_answered,
       means.weight AS weight,
       -- What the whole could come to, whatever the unanswered weight came to.
       CASE WHEN means.weight_answered < means.weight THEN
         (means.weight_answered * means.mean + (means.weight - means.weight_answered) * 1) / means.weight
       END AS possible_low,
       CASE WHEN means.weight_answered < means.weight THEN
         (means.weight_answered * means.mean + (means.weight - means.weight_answered) * 5) / means.weight
       END AS possible_high
FROM means
JOIN alike ON alike.candidate = means.candidate
WHERE alike.is_alike AND means.weight > 0
ORDER BY candidate
