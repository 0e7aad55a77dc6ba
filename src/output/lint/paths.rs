//! Paths as continuous-integration systems want them: from the root of the repository.

/// How shown paths lead to paths from the root of the repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepositoryPaths {
    /// The current directory as a path from the root, with `/` between folders; empty at the root.
    pub current: String,
    /// The absolute path of the root.
    pub root: String,
}

impl RepositoryPaths {
    /// The path of a file from the root; as it was shown where it lies outside.
    #[must_use]
    pub fn from_root(&self, shown: &str) -> String {
        if shown.starts_with('/') || shown.contains(":/") {
            let below = shown.strip_prefix(self.root.as_str());
            let below = below.and_then(|rest| rest.strip_prefix('/'));
            return below.unwrap_or(shown).to_owned();
        }
        let mut parts: Vec<&str> = self
            .current
            .split('/')
            .filter(|part| !part.is_empty())
            .collect();
        for part in shown.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    if parts.pop().is_none() {
                        return shown.to_owned();
                    }
                }
                name => parts.push(name),
            }
        }
        parts.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_the_root() {
        let paths = RepositoryPaths {
            current: "hiring/bank".to_owned(),
            root: "/home/ana/repo".to_owned(),
        };
        assert_eq!(
            paths.from_root("questions/a.md"),
            "hiring/bank/questions/a.md"
        );
        assert_eq!(paths.from_root("../lint.toml"), "hiring/lint.toml");
        assert_eq!(paths.from_root("/home/ana/repo/x.md"), "x.md");
        assert_eq!(
            paths.from_root("/home/ana/repository/x.md"),
            "/home/ana/repository/x.md"
        );
        assert_eq!(paths.from_root("../../../x.md"), "../../../x.md");
        assert_eq!(
            RepositoryPaths::default().from_root("./bank/a.md"),
            "bank/a.md"
        );
    }
}
