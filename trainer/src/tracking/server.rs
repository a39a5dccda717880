//! A tracking server: where it is, who we are there, and what it answers.

use std::{env, time::Duration};

use reqwest::{
    Method, Url,
    blocking::{Client, RequestBuilder},
};
use serde_json::Value;

/// How long a server may take to accept a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(3);
/// How long it may take to answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
/// How long it may take for a file.
const FILE_LIMIT: Duration = Duration::from_secs(600);
/// Characters of an answer that a sentence repeats at most.
const MAX_REPEATED: usize = 300;

/// An MLflow tracking server, which need not be up.
#[derive(Clone)]
pub struct Server {
    base: String,
    name: String,
    experiment: String,
    login: Login,
    client: Client,
}

/// Who we are to the server.
#[derive(Clone)]
enum Login {
    Nobody,
    Password(String, String),
    Token(String),
}

// Secrets are no part of what may be printed.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

/// Why something is not on the server.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address is none.
    #[error("MLFLOW_TRACKING_URI must be the http: or https: address of a tracking server")]
    Address,
    /// No client can be made.
    #[error("no HTTP client can be made: {0}")]
    Client(reqwest::Error),
    /// It does not answer.
    #[error("the tracking server {server} does not answer: {cause}")]
    Silent {
        /// Its address.
        server: String,
        /// Why.
        cause: String,
    },
    /// It says no.
    #[error("the tracking server {server} refuses {path} ({status}): {message}")]
    Refused {
        /// Its address.
        server: String,
        /// What was asked.
        path: String,
        /// The HTTP status.
        status: u16,
        /// MLflow's code, such as `RESOURCE_DOES_NOT_EXIST`; may be empty.
        code: String,
        /// What it says.
        message: String,
    },
    /// Its answer lacks something.
    #[error("the answer to {path} has no {field}: is this an MLflow server?")]
    Answer {
        /// What was asked.
        path: String,
        /// What is missing.
        field: &'static str,
    },
}

impl Server {
    /// The server that the environment names in MLflow's own variables, if it names one:
    /// `MLFLOW_TRACKING_URI`, `MLFLOW_EXPERIMENT_NAME` (else `vigie`), and
    /// `MLFLOW_TRACKING_USERNAME` with `MLFLOW_TRACKING_PASSWORD`, else `MLFLOW_TRACKING_TOKEN`.
    ///
    /// # Errors
    /// If the address is none.
    pub fn from_environment() -> Result<Option<Self>, ServerError> {
        let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let Some(address) = variable("MLFLOW_TRACKING_URI") else {
            return Ok(None);
        };
        let experiment = variable("MLFLOW_EXPERIMENT_NAME").unwrap_or_else(|| "vigie".to_owned());
        let user = variable("MLFLOW_TRACKING_USERNAME").zip(variable("MLFLOW_TRACKING_PASSWORD"));
        let login = match (user, variable("MLFLOW_TRACKING_TOKEN")) {
            (Some((user, password)), _) => Login::Password(user, password),
            (None, Some(token)) => Login::Token(token),
            (None, None) => Login::Nobody,
        };
        Ok(Some(Self { login, ..Self::new(&address, &experiment)? }))
    }

    /// The server at `address`, where runs belong to `experiment`.
    ///
    /// # Errors
    /// If the address is none.
    pub fn new(address: &str, experiment: &str) -> Result<Self, ServerError> {
        let mut url = Url::parse(address).map_err(|_| ServerError::Address)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(ServerError::Address);
        }
        // An error says that a provider was chosen before, which is all that is wanted.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder()
            .connect_timeout(CONNECT_LIMIT)
            .timeout(ANSWER_LIMIT)
            .build()
            .map_err(ServerError::Client)?;
        let base = url.as_str().trim_end_matches('/').to_owned();
        // Neither fails for an address that has a host.
        let _ = (url.set_username(""), url.set_password(None));
        let name = url.as_str().trim_end_matches('/').to_owned();
        let experiment = experiment.to_owned();
        Ok(Self { base, name, experiment, login: Login::Nobody, client })
    }

    /// Its address, without user and password.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The experiment that runs belong to.
    #[must_use]
    pub fn experiment(&self) -> &str {
        &self.experiment
    }

    /// Asks with these words in the address.
    ///
    /// # Errors
    /// If it does not answer, or refuses.
    pub fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, ServerError> {
        let mut url = Url::parse(&self.address(path)).map_err(|_| ServerError::Address)?;
        url.query_pairs_mut().extend_pairs(query);
        self.answer(path, self.client.get(url))
    }

    /// Gives `content`.
    ///
    /// # Errors
    /// As [`Server::get`].
    pub fn post(&self, path: &str, content: &Value) -> Result<Value, ServerError> {
        self.answer(path, self.client.post(self.address(path)).json(content))
    }

    /// Gives a file.
    ///
    /// # Errors
    /// As [`Server::get`].
    pub fn put(&self, path: &str, content: Vec<u8>) -> Result<(), ServerError> {
        let request = self.client.request(Method::PUT, self.address(path));
        self.answer(path, request.timeout(FILE_LIMIT).body(content)).map(drop)
    }

    fn address(&self, path: &str) -> String {
        format!("{}/api/2.0/{path}", self.base)
    }

    fn answer(&self, path: &str, request: RequestBuilder) -> Result<Value, ServerError> {
        let silent = |error: reqwest::Error| ServerError::Silent {
            server: self.name.clone(),
            cause: causes(&error.without_url()),
        };
        let request = match &self.login {
            Login::Nobody => request,
            Login::Password(user, password) => request.basic_auth(user, Some(password)),
            Login::Token(token) => request.bearer_auth(token),
        };
        let response = request.send().map_err(silent)?;
        let status = response.status();
        let text = response.text().map_err(silent)?;
        // Some calls are answered by nothing.
        let content: Value = serde_json::from_str(&text).unwrap_or_default();
        if status.is_success() {
            return Ok(content);
        }
        let word = |name: &str| content[name].as_str().map(str::to_owned);
        Err(ServerError::Refused {
            server: self.name.clone(),
            path: path.to_owned(),
            status: status.as_u16(),
            code: word("error_code").unwrap_or_default(),
            message: word("message").unwrap_or(text).chars().take(MAX_REPEATED).collect(),
        })
    }
}

impl ServerError {
    /// Whether it is MLflow's refusal of this code.
    #[must_use]
    pub fn is(&self, wanted: &str) -> bool {
        matches!(self, Self::Refused { code, .. } if code == wanted)
    }
}

/// An error with what it comes from.
fn causes(error: &dyn std::error::Error) -> String {
    let next = error.source().map(causes);
    next.map_or_else(|| error.to_string(), |next| format!("{error}: {next}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_web_address_is_one() {
        for address in ["", "mlruns", "sqlite:///mlflow.db", "databricks"] {
            assert!(
                matches!(Server::new(address, "vigie"), Err(ServerError::Address)),
                "{address}"
            );
        }
    }

    #[test]
    fn no_secret_is_in_what_is_kept_or_printed() {
        let server = Server::new("http://kim:secret@127.0.0.1:1/mlflow/", "vigie").unwrap();
        assert_eq!(server.name(), "http://127.0.0.1:1/mlflow");
        let error = server.get("mlflow/experiments/get-by-name", &[]).unwrap_err();
        assert!(error.to_string().contains("does not answer"), "{error}");
        assert!(!error.to_string().contains("secret") && !error.to_string().contains("kim"));
        assert_eq!(format!("{server:?}"), server.name());
    }
}
