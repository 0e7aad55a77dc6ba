-- Scores by month, loop, round, blueprint and category, beside all others. Reads the table `ratings`.
-- Groups have other candidates, questions and interviewers: a difference says nothing of its cause.
WITH
named AS (
  SELECT 'month' AS grouping_by, coalesce(substr(CAST(date AS STRING), 1, 7), '') AS group_name, ratings.* FROM ratings
  UNION ALL
  SELECT 'loop', coalesce(loop, ''), ratings.* FROM ratings
  UNION ALL
  SELECT 'round', coalesce(round, ''), ratings.* FROM ratings
  UNION ALL
  SELECT 'blueprint', coalesce(blueprint, ''), ratings.* FROM ratings
  UNION ALL
  SELECT 'category', coalesce(category, ''), ratings.* FROM ratings
),
of_candidates AS (
  SELECT grouping_by, group_name, candidate,
         count(score) AS n,
         CAST(coalesce(sum(score), 0) AS DOUBLE) AS total,
         CAST(sum(CASE WHEN asked AND planned_minutes IS NOT NULL THEN seconds END) AS DOUBLE) AS used,
         CAST(sum(CASE WHEN asked AND seconds IS NOT NULL THEN planned_minutes * 60 END) AS DOUBLE) AS planned
  FROM named
  GROUP BY grouping_by, group_name, candidate
),
-- Every candidate's scores, in the group and in all others.
everybody AS (
  SELECT candidate, count(score) AS n, CAST(sum(score) AS DOUBLE) AS total
  FROM ratings
  GROUP BY candidate
  HAVING count(score) > 0
),
whole AS (
  SELECT count(*) AS candidates, sum(n) AS n, sum(total) AS total,
         CAST(sum(n * n) AS DOUBLE) AS nn, sum(n * total) AS nt, sum(total * total) AS tt
  FROM everybody
),
beside AS (
  SELECT o.grouping_by AS grouping_by, o.group_name AS group_name, o.n AS n, o.total AS total,
         o.used AS used, o.planned AS planned,
         e.n AS all_n, e.total AS all_total,
         sum(o.n) OVER per_group AS group_n,
         sum(o.total) OVER per_group AS group_total,
         sum(o.total) OVER per_group / nullif(sum(o.n) OVER per_group, 0) AS mean,
         sum(o.used) OVER per_group / nullif(sum(o.planned) OVER per_group, 0) AS pace
  FROM of_candidates AS o
  LEFT JOIN everybody AS e ON e.candidate = o.candidate
  WINDOW per_group AS (PARTITION BY o.grouping_by, o.group_name)
),
with_rest AS (
  SELECT beside.*,
         whole.candidates AS all_candidates,
         whole.n - group_n AS rest_n,
         (whole.total - group_total) / nullif(whole.n - group_n, 0) AS rest_mean,
         whole.nn AS nn, whole.nt AS nt, whole.tt AS tt
  FROM beside
  CROSS JOIN whole
),
residues AS (
  SELECT with_rest.*,
         (total - mean * n) / nullif(group_n, 0) AS own_residue,
         (all_total - total - rest_mean * (all_n - n)) / nullif(rest_n, 0) AS rest_residue,
         (all_total - rest_mean * all_n) / nullif(rest_n, 0) AS rest_residue_if_not_in
  FROM with_rest
),
sums AS (
  SELECT grouping_by, group_name,
         sum(CASE WHEN n > 0 THEN 1 ELSE 0 END) AS candidates,
         sum(CASE WHEN all_n > n THEN 1 ELSE 0 END) AS rest_in_group,
         sum(CASE WHEN all_n > 0 THEN 1 ELSE 0 END) AS rated_in_group,
         max(all_candidates) AS all_candidates,
         max(group_n) AS ratings,
         max(mean) AS mean,
         max(rest_mean) AS rest_mean,
         max(rest_n) AS rest_n,
         max(nn) AS nn, max(nt) AS nt, max(tt) AS tt,
         sum((total - mean * n) * (total - mean * n)) AS mean_residue,
         sum((own_residue - rest_residue) * (own_residue - rest_residue)) AS residue_in,
         sum(rest_residue_if_not_in * rest_residue_if_not_in) AS residue_if_not_in,
         count(planned) AS paced,
         max(pace) AS pace,
         sum(planned) AS planned,
         sum((used - pace * planned) * (used - pace * planned)) AS pace_residue
  FROM residues
  GROUP BY grouping_by, group_name
),
cards AS (
  SELECT grouping_by, group_name, count(*) AS scorecards
  FROM (SELECT DISTINCT grouping_by, group_name, candidate, screen, interviewer FROM named) AS single
  GROUP BY grouping_by, group_name
),
figures AS (
  SELECT grouping_by, group_name,
         stddev_samp(score) AS spread,
         avg(CASE WHEN asked THEN 1 WHEN NOT asked THEN 0 END) AS asked
  FROM named
  GROUP BY grouping_by, group_name
),
compared AS (
  SELECT sums.*,
         all_candidates - rated_in_group + rest_in_group AS rest_candidates,
         (tt - 2 * rest_mean * nt + rest_mean * rest_mean * nn) / nullif(CAST(rest_n AS DOUBLE) * rest_n, 0) AS residue_of_all
  FROM sums
)
SELECT c.grouping_by AS grouping_by,
       c.group_name AS group_name,
       c.candidates AS candidates,
       cards.scorecards AS scorecards,
       c.ratings AS ratings,
       c.mean AS mean,
       CASE WHEN c.candidates > 1 THEN
         sqrt(c.mean_residue * c.candidates / (c.candidates - 1)) / c.ratings
       END AS mean_error,
       f.spread AS spread,
       CAST(f.asked AS DOUBLE) AS asked,
       c.pace AS pace,
       CASE WHEN c.paced > 1 THEN
         sqrt(c.pace_residue * c.paced / (c.paced - 1)) / c.planned
       END AS pace_error,
       CASE WHEN c.candidates >= 10 AND c.rest_candidates >= 10 THEN c.mean - c.rest_mean END AS difference,
       CASE WHEN c.candidates >= 10 AND c.rest_candidates >= 10 THEN
         sqrt((c.residue_in + c.residue_of_all - c.residue_if_not_in) * c.all_candidates / (c.all_candidates - 1))
       END AS difference_error
FROM compared AS c
JOIN cards ON cards.grouping_by = c.grouping_by AND cards.group_name = c.group_name
JOIN figures AS f ON f.grouping_by = c.grouping_by AND f.group_name = c.group_name
ORDER BY grouping_by, group_name
