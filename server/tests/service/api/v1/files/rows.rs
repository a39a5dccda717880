use serde_json::{Value, json};

use super::TABLE;
use crate::support::Service;

fn texts(answer: &Value) -> Vec<&str> {
    let rows = answer["rows"].as_array().unwrap();
    rows.iter().map(|row| row["text"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_file_is_summed_up_with_intervals_and_in_time() {
    let service = Service::start().await;
    let path = service.read_file("a.csv", TABLE, json!({})).await;
    let summary = service.get(&format!("{path}/summary")).await.json();
    assert_eq!(summary["judged"], 4);
    let shares = summary["labels"].as_array().unwrap();
    assert_eq!(shares.iter().map(|label| label["count"].as_u64().unwrap()).sum::<u64>(), 4);
    for label in shares {
        let [share, low, high] = ["share", "low", "high"].map(|name| label[name].as_f64().unwrap());
        assert!(low <= share && share <= high && high - low > 0.1);
    }
    let buckets = summary["timeline"]["buckets"].as_array().unwrap();
    assert_eq!(buckets[0]["start"], "2015-02-24T11:00:00Z");
    let counted = buckets.iter().flat_map(|bucket| bucket["counts"].as_array().unwrap());
    assert_eq!(counted.map(|count| count.as_u64().unwrap()).sum::<u64>(), 4);
}

#[tokio::test]
async fn rows_are_filtered_searched_and_sorted() {
    let service = Service::start().await;
    let path = service.read_file("a.csv", TABLE, json!({})).await;
    let all = service.get(&format!("{path}/rows")).await.json();
    let expected =
        ["late flight; again", "thanks, good flight!", "not \"good\"", "the flight was late"];
    assert_eq!((texts(&all), &all["total"]), (expected.to_vec(), &json!(4)));
    assert_eq!(all["rows"][0]["at"], "2015-02-24T11:35:00Z");
    assert_eq!(all["rows"][2]["line"], 5);
    let ask = async |query: &str| service.get(&format!("{path}/rows?{query}")).await.json();
    assert_eq!(texts(&ask("search=LATE").await), [expected[0], expected[3]]);
    assert_eq!(texts(&ask("sort=newest").await)[0], expected[3]);
    assert_eq!(texts(&ask("from=2015-02-25&until=2015-02-25").await), [expected[2]]);
    let mut counted = 0;
    for label in ["negative", "neutral", "positive"] {
        let rows = ask(&format!("label={label}")).await;
        assert!(rows["rows"].as_array().unwrap().iter().all(|row| row["label"] == label));
        counted += rows["total"].as_u64().unwrap();
    }
    assert_eq!(counted, 4);
    let sorted = ask("sort=least_confident").await;
    let confidences = sorted["rows"].as_array().unwrap().iter();
    assert!(confidences.map(|row| row["confidence"].as_f64().unwrap()).is_sorted());
}

#[tokio::test]
async fn pages_of_every_order_hold_each_row_once() {
    let service = Service::start().await;
    let rows: String = (0..57).map(|number| format!("flight {number}\n")).collect();
    let path = service.read_file("a.txt", format!("text\n{rows}"), json!({})).await;
    for sort in ["row", "least_confident", "most_confident", "newest", "oldest"] {
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let query = format!("sort={sort}&limit=10&after={after}");
            let page = service.get(&format!("{path}/rows?{query}")).await.json();
            assert_eq!(page["total"], 57);
            seen.extend(texts(&page).into_iter().map(str::to_owned));
            let Value::String(next) = &page["next"] else { break };
            after.clone_from(next);
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 57, "{sort}");
    }
}

#[tokio::test]
async fn an_export_holds_the_rows_of_the_filter_and_no_formula() {
    let service = Service::start().await;
    let path = service.read_file("été.csv", TABLE, json!({})).await;
    let export = service.get(&format!("{path}/export?search=late")).await;
    assert_eq!(export.header("content-type"), "text/csv; charset=utf-8");
    let name = "attachment; filename*=UTF-8''%C3%A9t%C3%A9-vigie.csv";
    assert_eq!(export.header("content-disposition"), name);
    let lines: Vec<&str> = export.text.lines().collect();
    assert_eq!(lines.len(), 3, "{}", export.text);
    assert!(lines[0].starts_with("id,created_at,text,note,vigie_label,vigie_confidence,"));
    assert!(lines[1].starts_with("1,24/02/2015 11:35,late flight; again,'=1+1,"), "{}", lines[1]);
    let all = service.get(&format!("{path}/export")).await.text;
    assert!(all.contains(",-3,") && all.contains(",'@note,"), "{all}");
}

#[tokio::test]
async fn a_french_spreadsheet_gets_its_own_csv_and_programs_get_json() {
    let service = Service::start().await;
    let path = service.read_file("a.csv", TABLE, json!({})).await;
    let french = service.get(&format!("{path}/export?format=csv-fr")).await.text;
    assert!(french.starts_with("\u{feff}id;created_at;text;note;vigie_label;"), "{french}");
    let row = french.lines().nth(1).unwrap();
    assert!(row.contains("\"late flight; again\"") && row.contains(";0,"), "{row}");
    let lines = service.get(&format!("{path}/export?format=jsonl")).await.text;
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((&first["note"], &first["id"]), (&json!("=1+1"), &json!("1")));
    assert!(first["vigie_confidence"].is_f64() && first["vigie_sure"].is_boolean());
}

#[tokio::test]
async fn an_object_is_exported_with_all_of_its_fields_as_they_were() {
    let service = Service::start().await;
    let content = "{\"text\":\"late\",\"n\":1.50,\"vigie_label\":\"old\"}\n{\"text\":\"good\",\"more\":[1, 2]}\n";
    let path = service.read_file("a.jsonl", content, json!({})).await;
    let lines = service.get(&format!("{path}/export?format=jsonl")).await.text;
    assert!(lines.contains("\"n\":1.50") && lines.contains("\"more\":[1, 2]"), "{lines}");
    assert!(!lines.contains("old"), "{lines}");
    let table = service.get(&format!("{path}/export")).await.text;
    assert!(table.starts_with("text,n,more,vigie_label,"), "{table}");
}
