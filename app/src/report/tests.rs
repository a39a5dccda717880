//! What the committed report must be for the page, and what the page makes of any.

use serde_json::json;

use super::*;

fn id(name: &str, version: &str) -> ModelId {
    ModelId { name: name.to_owned(), version: version.to_owned() }
}

/// Two models, of which the second has the better accuracy, and a protocol without results.
fn report() -> Report {
    let model = |name: &str, version: &str| {
        json!({
            "name": name, "title": name.to_uppercase(), "bytes": 7, "latency": { "p50_us": 400 },
            "model": { "name": name, "version": version }, "learning_curves": null,
        })
    };
    let result = |name: &str, accuracy: f64| {
        let figure = |measure: &str, value: f64| json!({ "measure": measure, "value": value, "low": value - 0.1, "high": value + 0.1 });
        json!({ "model": name, "summary": [figure("macro F1", 0.5), figure("accuracy", accuracy)] })
    };
    let difference = json!({ "measure": "accuracy", "value": 0.1, "p": 0.001 });
    let protocol = |name: &str, results: serde_json::Value| {
        json!({
            "name": name, "title": name, "description": "Nine; *Can't Tell* is none.\n", "n": 90,
            "headline": "accuracy", "results": results, "published": [], "plots": [],
            "pairs": [{ "first": "large", "second": "small", "differences": [difference] }],
        })
    };
    serde_json::from_value(json!({
        "format": 1,
        "models": [model("small", "one"), model("large", "two")],
        "missing": ["Absent"],
        "protocols": [
            protocol("full", json!([result("small", 0.7), result("large", 0.8)])),
            protocol("empty", json!([])),
        ],
    }))
    .unwrap()
}

#[test]
fn the_committed_report_can_be_read_and_every_chart_that_it_names_exists() {
    let report = REPORT.as_ref().unwrap();
    let told = comparison(&[]).unwrap();
    let measured: Vec<_> =
        report.protocols.iter().filter(|protocol| !protocol.results.is_empty()).collect();
    assert!(!told.protocols.is_empty());
    for (protocol, measured) in told.protocols.iter().zip(measured) {
        let paths: Vec<&str> = protocol.charts.iter().map(|chart| chart.path.as_str()).collect();
        let named: Vec<String> = measured
            .plots
            .iter()
            .map(|plot| plot.file.replace("models/plots/", "/charts/"))
            .collect();
        assert_eq!(paths, named);
        assert_eq!(protocol.results.len(), measured.results.len(), "{}", protocol.name);
        assert_eq!(protocol.measures[0], measured.headline);
        assert!(protocol.results.iter().flat_map(|result| &result.figures).all(Option::is_some));
    }
    let curves = report.models.iter().filter(|model| model.learning_curves.is_some());
    assert_eq!(told.learning_curves.len(), curves.count());
    let mut charts = told.protocols.iter().flat_map(|of| &of.charts).chain(&told.learning_curves);
    assert!(charts.all(|chart| chart.width > 0 && chart.height > 0));
}

#[test]
fn only_the_version_that_was_measured_is_marked_as_in_use() {
    let told = reduced(&report(), &[id("other", "one"), id("large", "three"), id("small", "one")]);
    let usages: Vec<&Usage> = told.models.iter().map(|model| &model.usage).collect();
    assert_eq!(usages, [&Usage::InUse, &Usage::OtherVersion("three".to_owned())]);
    let rows = &told.protocols[0].results;
    assert_eq!(rows.iter().map(|row| &row.model.usage).collect::<Vec<_>>(), usages);
    let nobody = reduced(&report(), &[]);
    assert!(nobody.models.iter().all(|model| model.usage == Usage::NotInUse));
}

#[test]
fn a_version_that_was_measured_is_in_use_beside_another_one_too() {
    let told = reduced(&report(), &[id("small", "zero"), id("small", "one")]);
    assert_eq!(told.models[0].usage, Usage::InUse);
}

#[test]
fn the_figure_that_is_judged_by_comes_first_and_leads_where_the_pairs_say_so() {
    let told = reduced(&report(), &[]);
    let [protocol] = &told.protocols[..] else { panic!("{} protocols", told.protocols.len()) };
    assert_eq!(protocol.measures, ["accuracy", "macro F1"]);
    assert_eq!(protocol.leader.as_deref(), Some("LARGE"));
    let leads = |row: usize, place: usize| protocol.results[row].figures[place].unwrap().leads;
    assert_eq!([leads(0, 0), leads(1, 0), leads(0, 1), leads(1, 1)], [false, true, false, false]);
    assert_eq!(protocol.results[1].figures[0].unwrap().value, 0.8);
}

#[test]
fn descriptions_lose_their_marks_and_what_has_no_results_is_named() {
    let told = reduced(&report(), &[]);
    assert_eq!(told.protocols[0].description, "Nine; Can't Tell is none.");
    assert_eq!(told.missing, ["Absent"]);
}
