-- How interviewers use the scale. Reads the table `ratings`.
-- Severity is not in it: it needs the mixed model of `intervy report interviewers`. A mean alone says as much about
-- the candidates somebody met as about the one who met them.
WITH
of_candidates AS (
  SELECT interviewer, candidate,
         count(DISTINCT screen) AS cards,
         count(score) AS n,
         CAST(coalesce(sum(score), 0) AS DOUBLE) AS total,
         CAST(coalesce(sum(score * score), 0) AS DOUBLE) AS squares,
         CASE WHEN count(score) > 1 THEN var_samp(score) * (count(score) - 1) END AS within_squares,
         CASE WHEN count(score) > 1 THEN CAST(count(score) - 1 AS DOUBLE) END AS within_freedom,
         CAST(sum(CASE WHEN asked AND planned_minutes IS NOT NULL THEN seconds END) AS DOUBLE) AS used,
         CAST(sum(CASE WHEN asked AND seconds IS NOT NULL THEN planned_minutes * 60 END) AS DOUBLE) AS planned
  FROM ratings
  GROUP BY interviewer, candidate
),
beside AS (
  SELECT interviewer, cards, n, total, squares, within_squares, within_freedom, used, planned,
         sum(total) OVER (PARTITION BY interviewer) / nullif(sum(n) OVER (PARTITION BY interviewer), 0) AS mean,
         sum(within_squares) OVER (PARTITION BY interviewer)
           / nullif(sum(within_freedom) OVER (PARTITION BY interviewer), 0) AS within_variance,
         sum(used) OVER (PARTITION BY interviewer) / nullif(sum(planned) OVER (PARTITION BY interviewer), 0) AS pace
  FROM of_candidates
),
sums AS (
  SELECT interviewer,
         sum(cards) AS scorecards,
         sum(CASE WHEN n > 0 THEN 1 ELSE 0 END) AS candidates,
         sum(n) AS ratings,
         sum(total) AS total,
         sum(squares) AS squares,
         max(mean) AS mean,
         sum((total - mean * n) * (total - mean * n)) AS mean_residue,
         count(within_squares) AS within_n,
         max(within_variance) AS within_variance,
         count(planned) AS paced,
         max(pace) AS pace,
         sum(planned) AS planned,
         sum((used - pace * planned) * (used - pace * planned)) AS pace_residue
  FROM beside
  GROUP BY interviewer
),
all_sums AS (
  SELECT sums.*,
         sum(ratings) OVER () - ratings AS others_n,
         sum(total) OVER () - total AS others_total,
         sum(squares) OVER () - squares AS others_squares
  FROM sums
),
shares AS (
  SELECT interviewer,
         avg(CASE WHEN score = 3 THEN 1 WHEN score IS NOT NULL THEN 0 END) AS threes,
         avg(CASE WHEN asked THEN 1 WHEN NOT asked THEN 0 END) AS asked,
         avg(CASE WHEN asked AND planned_mode IS NOT NULL
                  THEN CASE WHEN coalesce(mode, planned_mode) = planned_mode THEN 1 ELSE 0 END
             END) AS as_deep
  FROM ratings
  GROUP BY interviewer
)
SELECT a.interviewer AS interviewer,
       a.scorecards AS scorecards,
       a.candidates AS candidates,
       a.ratings AS ratings,
       a.mean AS mean,
       CASE WHEN a.candidates > 1 THEN
         sqrt(a.mean_residue * a.candidates / (a.candidates - 1)) / a.ratings
       END AS mean_error,
       CASE WHEN a.ratings >= 30 AND a.others_n > 1 THEN
         sqrt(((a.squares - a.total * a.total / a.ratings) / (a.ratings - 1))
              / nullif((a.others_squares - a.others_total * a.others_total / a.others_n) / (a.others_n - 1), 0))
       END AS spread_ratio,
       a.within_n AS within_candidate_n,
       CASE WHEN a.within_n >= 5 THEN sqrt(a.within_variance) END AS within_candidate,
       CAST(s.threes AS DOUBLE) AS threes,
       CAST(s.asked AS DOUBLE) AS asked,
       CAST(s.as_deep AS DOUBLE) AS as_deep,
       a.pace AS pace,
       CASE WHEN a.paced > 1 THEN
         sqrt(a.pace_residue * a.paced / (a.paced - 1)) / a.planned
       END AS pace_error
FROM all_sums AS a
JOIN shares AS s ON s.interviewer = a.interviewer
ORDER BY interviewer
