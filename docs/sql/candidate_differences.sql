-- Answers on which interviewers are two points or more apart, the furthest first. Reads `ratings`; the notes that say why are
-- in `intervy report candidate`.
WITH
answers AS (
  SELECT candidate, screen, question,
         count(score) AS ratings,
         max(score) - min(score) AS apart,
         max(CASE WHEN revised_asked IS NULL THEN score ELSE revised_score END)
           - min(CASE WHEN revised_asked IS NULL THEN score ELSE revised_score END) AS apart_revised
  FROM ratings
  WHERE position IS NOT NULL
  GROUP BY candidate, screen, question
)
SELECT candidate, screen, question, ratings, apart,
       nullif(apart_revised, apart) AS apart_revised
FROM answers
WHERE apart >= 2
ORDER BY apart DESC, candidate, screen, question
