//! Two models, and each analysis says which of them read it.

use bundle_fixture::SmallBundle;
use engine::EngineConfig;
use futures::future::join_all;
use sentiment::{ByLanguage, release};

use crate::house::{House, model, tweet};

async fn house() -> House {
    let french = release(SmallBundle::french().files()).unwrap();
    let models = ByLanguage::new(model(), vec![french]).unwrap();
    // Each text is read, however often it comes.
    House::with(models, EngineConfig { cache_entries: 0, ..EngineConfig::default() }).await
}

#[tokio::test]
async fn an_analysis_names_the_model_that_read_it() {
    let house = house().await;
    for (text, name) in [
        ("the flight was late and nobody is helping", "small"),
        ("le vol est encore en retard, c’est la honte", "small-fr"),
        ("ich habe meinen Koffer immer noch nicht", "small"),
        ("😡", "small"),
    ] {
        let made = house.engine.analyse(tweet(text)).await.unwrap();
        assert_eq!(made.model.name, name, "{text}");
        assert_eq!(house.store.analysis(made.id).await.unwrap(), Some(made));
    }
}

#[tokio::test]
async fn languages_that_wait_together_are_not_mixed_up() {
    let house = house().await;
    let texts = ["the flight was late and nobody is helping", "le vol est en retard et je suis là"];
    let both = texts.iter().cycle().take(100).map(|text| house.engine.analyse(tweet(text)));
    for (place, analysis) in join_all(both).await.into_iter().enumerate() {
        let analysis = analysis.unwrap();
        assert_eq!(analysis.text.as_deref(), Some(texts[place % 2]));
        assert_eq!(analysis.model.name, ["small", "small-fr"][place % 2]);
    }
}

#[tokio::test]
async fn readiness_names_every_model_the_default_first() {
    let readiness = house().await.engine.readiness().await;
    let names: Vec<_> = readiness.models.iter().map(|model| model.name.as_str()).collect();
    assert_eq!(names, ["small", "small-fr"]);
}
