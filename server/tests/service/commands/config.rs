use std::{fs, process::Output};

use tempfile::TempDir;

use crate::support::program::{complaint, vigie};

/// Prints the settings that these arguments, variables and this file make.
fn config(arguments: &[&str], variables: &[(&str, &str)], file: &str) -> String {
    let output = run(arguments, variables, file);
    assert!(output.status.success(), "{}", complaint(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// What it says of settings that cannot be used.
fn refusal(arguments: &[&str], variables: &[(&str, &str)], file: &str) -> String {
    let output = run(arguments, variables, file);
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    complaint(&output)
}

fn run(arguments: &[&str], variables: &[(&str, &str)], file: &str) -> Output {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("vigie.toml"), file).unwrap();
    vigie()
        .current_dir(folder.path())
        .args(["config", "--config", "vigie.toml"])
        .args(arguments)
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

#[track_caller]
fn assert_line(printed: &str, line: &str) {
    assert!(printed.lines().any(|printed| printed == line), "“{line}” is not in:\n{printed}");
}

#[test]
fn a_flag_goes_before_a_variable_before_the_file_before_the_default() {
    let file = "body_limit_bytes = 1\nread_timeout_ms = 1\nrequest_timeout_ms = 1\n";
    let variables = [("VIGIE_BODY_LIMIT_BYTES", "2"), ("VIGIE_READ_TIMEOUT_MS", "2")];
    let printed = config(&["--body-limit-bytes", "3"], &variables, file);
    assert_line(&printed, "body_limit_bytes = 3 # flag");
    assert_line(&printed, "read_timeout_ms = 2 # variable");
    assert_line(&printed, "request_timeout_ms = 1 # file");
    assert_line(&printed, "shutdown_timeout_ms = 10000 # default");
}

#[test]
fn secrets_are_hidden() {
    let variables = [("DATABASE_URL", "postgres://me:secret@host/db")];
    let printed = config(&["--model-url", "https://host/bundle?signature=secret"], &variables, "");
    assert_line(&printed, "database_url = \"postgres://me:***@host/db\" # variable");
    assert!(!printed.contains("secret"), "{printed}");
}

#[test]
fn what_mails_are_sent_with_is_checked_and_its_password_is_hidden() {
    let url = "smtps://me:secret@mail.example:465";
    let printed = config(&[], &[("VIGIE_SMTP_URL", url)], "smtp_from = \"alerts@example.org\"");
    assert_line(&printed, "smtp_url = \"smtps://me:***@mail.example:465\" # variable");
    assert_line(&printed, "smtp_from = \"alerts@example.org\" # file");
    assert!(!printed.contains("secret"), "{printed}");
    let open = refusal(&["--smtp-url", "smtp://me:secret@mail.example"], &[], "");
    assert!(open.contains("without encryption") && !open.contains("secret"), "{open}");
    let nobody = refusal(&["--smtp-url", url, "--smtp-from", "me"], &[], "");
    assert!(nobody.contains("sender of mails"), "{nobody}");
}

#[test]
fn a_public_address_is_one_of_the_web() {
    let printed = config(&["--public-url", "https://vigie.example/desk/"], &[], "");
    assert_line(&printed, "public_url = \"https://vigie.example/desk/\" # flag");
    for url in ["vigie.example", "ftp://vigie.example", "https://vigie.example/?a=b"] {
        let told = refusal(&["--public-url", url], &[], "");
        assert!(told.contains("--public-url"), "{told}");
    }
}

#[test]
fn the_port_of_the_environment_replaces_the_port_but_not_the_host() {
    let variables = [("PORT", "8080"), ("VIGIE_LISTEN", "0.0.0.0:3000")];
    assert_line(&config(&[], &variables, ""), "listen = \"0.0.0.0:8080\" # variable");
}

#[test]
fn an_address_given_by_hand_keeps_its_port() {
    let printed = config(&["--listen", "127.0.0.1:4000"], &[("PORT", "8080")], "");
    assert_line(&printed, "listen = \"127.0.0.1:4000\" # flag");
}

#[test]
fn what_is_printed_is_a_file_that_gives_the_same_settings() {
    let printed = config(&["--listen", "127.0.0.1:4000", "--log-format", "json"], &[], "");
    let values = |text: &str| text.replace("# flag", "# file").replace("# default", "# file");
    assert_eq!(values(&config(&[], &[], &printed)), values(&printed));
}

#[test]
fn a_setting_that_there_is_not_is_told() {
    let told = refusal(&[], &[], "lisen = \"127.0.0.1:1\"");
    assert!(told.contains("line 1, column 1: unknown field `lisen`"), "{told}");
}

#[test]
fn a_number_out_of_bounds_is_told_wherever_it_stands() {
    for (flag, variable, bounds) in [
        ("--text-retention-days", "VIGIE_TEXT_RETENTION_DAYS", "from 1 to 36500"),
        ("--requests-in-flight", "VIGIE_REQUESTS_IN_FLIGHT", "from 1 to 65536"),
        ("--analyses-in-flight", "VIGIE_ANALYSES_IN_FLIGHT", "from 1 to 65536"),
        ("--model-threads", "VIGIE_MODEL_THREADS", "from 1 to 1024"),
        ("--connections", "VIGIE_CONNECTIONS", "from 1 to 65536"),
        ("--body-limit-bytes", "VIGIE_BODY_LIMIT_BYTES", "from 1 to 67108864"),
        ("--write-timeout-ms", "VIGIE_WRITE_TIMEOUT_MS", "from 1 to 3600000"),
    ] {
        let key = flag.trim_start_matches('-').replace('-', "_");
        for value in ["0", "9223372036854775807"] {
            for told in [
                refusal(&[flag, value], &[], ""),
                refusal(&[], &[(variable, value)], ""),
                refusal(&[], &[], &format!("{key} = {value}")),
            ] {
                assert!(told.contains(&format!("write a whole number {bounds}")), "{told}");
            }
        }
    }
}

#[test]
fn host_names_are_read_alike_from_everywhere() {
    let names = "Vigie.example, 10.0.0.7";
    let line = |origin: &str| format!("allowed_hosts = \"vigie.example,10.0.0.7\" # {origin}");
    assert_line(&config(&["--allowed-hosts", names], &[], ""), &line("flag"));
    assert_line(&config(&[], &[("VIGIE_ALLOWED_HOSTS", names)], ""), &line("variable"));
    assert_line(&config(&[], &[], &format!("allowed_hosts = {names:?}")), &line("file"));
    let told = refusal(&["--allowed-hosts", "https://vigie.example"], &[], "");
    assert!(told.contains("write names without scheme and port"), "{told}");
}

#[test]
fn what_cannot_be_read_is_told_without_its_secret() {
    for (arguments, file) in [
        (&[][..], "database_url = \"postgres://me:secret@host/db"),
        (&[], "database_url = \"postgres://me:secret@host/db\" x"),
        (&[], "model_url = \"https://me:secret@[bad/bundle\""),
        (&["--model-url", "https://me:secret@[bad/bundle"], ""),
    ] {
        let told = refusal(arguments, &[], file);
        assert!(told.contains("is not understood"), "{told}");
        assert!(!told.contains("secret"), "{told}");
    }
}

#[test]
fn models_are_one_setting_from_everywhere() {
    let line = |origin: &str| format!("model = \"a,b\" # {origin}");
    assert_line(&config(&["--model", "a", "--model", "b"], &[], ""), &line("flag"));
    assert_line(&config(&["--model", "a,b"], &[], ""), &line("flag"));
    assert_line(&config(&[], &[("VIGIE_MODEL", "a,b")], ""), &line("variable"));
    assert_line(&config(&[], &[], "model = \"a,b\""), &line("file"));
}

#[test]
fn cores_are_read_alike_from_everywhere_and_one_is_a_number() {
    for (value, shown) in [("0,1", "\"0,1\""), ("1", "1")] {
        let line = |origin: &str| format!("model_cores = {shown} # {origin}");
        assert_line(&config(&["--model-cores", value], &[], ""), &line("flag"));
        assert_line(&config(&[], &[("VIGIE_MODEL_CORES", value)], ""), &line("variable"));
        assert_line(&config(&[], &[], &format!("model_cores = {shown}")), &line("file"));
    }
    for told in
        [refusal(&["--model-cores", "0-3"], &[], ""), refusal(&[], &[], "model_cores = \"\"")]
    {
        assert!(told.contains("write numbers of cores with commas between them"), "{told}");
    }
}

#[test]
fn no_verdicts_may_be_kept() {
    assert_line(&config(&["--cache-entries", "0"], &[], ""), "cache_entries = 0 # flag");
    assert_line(&config(&[], &[], ""), "cache_entries = 16384 # default");
}
