-- How far interviewers agree about the same answers, over all. Reads the table `ratings`.
-- An answer is a candidate's to a question of a screen; those that fewer than two rated say nothing,
-- nor do scores that were given after others' had been shown.
WITH
answers AS (
  SELECT candidate, screen, question,
         count(score) AS n,
         sum(CASE WHEN score = 1 THEN 1 ELSE 0 END) AS n1,
         sum(CASE WHEN score = 2 THEN 1 ELSE 0 END) AS n2,
         sum(CASE WHEN score = 3 THEN 1 ELSE 0 END) AS n3,
         sum(CASE WHEN score = 4 THEN 1 ELSE 0 END) AS n4,
         sum(CASE WHEN score = 5 THEN 1 ELSE 0 END) AS n5
  FROM ratings
  WHERE NOT revealed
  GROUP BY candidate, screen, question
  HAVING count(score) > 1
),
pairs AS (
  SELECT candidate,
         CAST(n * (n - 1) AS DOUBLE) / 2 AS pairs,
         CAST(n1 * (n1 - 1) + n2 * (n2 - 1) + n3 * (n3 - 1) + n4 * (n4 - 1) + n5 * (n5 - 1) AS DOUBLE) / 2 AS same,
         CAST(n1 * n2 + n2 * n3 + n3 * n4 + n4 * n5 AS DOUBLE) AS next_to
  FROM answers
),
shares AS (
  SELECT count(DISTINCT candidate) AS candidates,
         count(*) AS answers,
         avg(same / pairs) AS same_score,
         avg((same + next_to) / pairs) AS within_one
  FROM pairs
),
-- Krippendorff's alpha with the ordinal metric: observed over expected disagreement of pairs of scores.
long_answers AS (
  SELECT candidate, screen, question, score, n, count(*) AS times
  FROM (
    SELECT r.candidate AS candidate, r.screen AS screen, r.question AS question, r.score AS score, a.n AS n
    FROM ratings AS r
    JOIN answers AS a ON a.candidate = r.candidate AND a.screen = r.screen AND a.question = r.question
    WHERE r.score IS NOT NULL AND NOT r.revealed
  ) AS scored
  GROUP BY candidate, screen, question, score, n
),
totals AS (
  SELECT score,
         CAST(sum(times) AS DOUBLE) AS times,
         CAST(sum(sum(times)) OVER (ORDER BY score) AS DOUBLE) AS so_far
  FROM long_answers
  GROUP BY score
),
distances AS (
  SELECT a.score AS first, b.score AS second, a.times * b.times AS chances,
         -- The ratings from one score to the other, half of those at the ends.
         (b.so_far - a.so_far + (a.times - b.times) / 2) * (b.so_far - a.so_far + (a.times - b.times) / 2) AS apart
  FROM totals AS a
  JOIN totals AS b ON a.score < b.score
),
observed AS (
  SELECT a.score AS first, b.score AS second, sum(a.times * b.times / CAST(a.n - 1 AS DOUBLE)) AS seen
  FROM long_answers AS a
  JOIN long_answers AS b
    ON a.candidate = b.candidate AND a.screen = b.screen AND a.question = b.question AND a.score < b.score
  GROUP BY a.score, b.score
),
alphas AS (
  SELECT 1 - ((SELECT sum(times) FROM totals) - 1) * sum(coalesce(o.seen, 0) * d.apart) / nullif(sum(d.chances * d.apart), 0) AS alpha
  FROM distances AS d
  LEFT JOIN observed AS o ON o.first = d.first AND o.second = d.second
)
SELECT shares.candidates AS candidates,
       shares.answers AS answers,
       CASE WHEN shares.candidates >= 10 THEN shares.same_score END AS exact,
       CASE WHEN shares.candidates >= 10 THEN shares.within_one END AS within_one,
       CASE WHEN shares.candidates >= 10 THEN alphas.alpha END AS alpha
FROM shares
CROSS JOIN alphas
