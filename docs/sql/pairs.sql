-- How far each two interviewers agree about the answers that both rated. Reads the table `ratings`.
WITH
doubly AS (
  SELECT a.interviewer AS first,
         b.interviewer AS second,
         a.candidate AS candidate,
         CAST(a.score AS DOUBLE) AS first_score,
         CAST(b.score AS DOUBLE) AS second_score
  FROM ratings AS a
  JOIN ratings AS b
    ON a.candidate = b.candidate AND a.screen = b.screen AND a.question = b.question
   AND a.interviewer < b.interviewer
  WHERE a.score IS NOT NULL AND b.score IS NOT NULL AND NOT a.revealed AND NOT b.revealed
),
of_candidates AS (
  SELECT first, second, candidate,
         count(*) AS n,
         sum(second_score - first_score) AS total
  FROM doubly
  GROUP BY first, second, candidate
),
beside AS (
  SELECT first, second, n, total,
         sum(total) OVER (PARTITION BY first, second) / sum(n) OVER (PARTITION BY first, second) AS mean
  FROM of_candidates
),
errors AS (
  SELECT first, second,
         count(*) AS candidates,
         max(mean) AS difference,
         sqrt(sum((total - mean * n) * (total - mean * n)) * count(*) / nullif(count(*) - 1, 0)) / sum(n) AS difference_error
  FROM beside
  GROUP BY first, second
),
figures AS (
  SELECT first, second,
         count(*) AS answers,
         avg(CASE WHEN first_score = second_score THEN 1 ELSE 0 END) AS same_score,
         avg(CASE WHEN abs(first_score - second_score) <= 1 THEN 1 ELSE 0 END) AS within_one,
         -- Cohen's kappa with quadratic weights: squares of differences, over those by chance.
         1 - avg((first_score - second_score) * (first_score - second_score))
             / nullif(avg(first_score * first_score) + avg(second_score * second_score)
                      - 2 * avg(first_score) * avg(second_score), 0) AS kappa
  FROM doubly
  GROUP BY first, second
)
SELECT f.first AS first,
       f.second AS second,
       e.candidates AS candidates,
       f.answers AS answers,
       CASE WHEN e.candidates >= 10 THEN CAST(f.same_score AS DOUBLE) END AS exact,
       CASE WHEN e.candidates >= 10 THEN CAST(f.within_one AS DOUBLE) END AS within_one,
       CASE WHEN e.candidates >= 10 THEN f.kappa END AS kappa,
       CASE WHEN e.candidates >= 10 THEN e.difference END AS difference,
       CASE WHEN e.candidates >= 10 THEN e.difference_error END AS difference_error
FROM figures AS f
JOIN errors AS e ON e.first = f.first AND e.second = f.second
ORDER BY first, second
