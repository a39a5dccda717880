use crate::support::Service;

#[tokio::test]
async fn the_page_to_try_the_interface_comes_from_this_host_alone() {
    let service = Service::start().await;
    let page = service.get("/api/docs/").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("swagger-ui"));
    assert!(!page.text.contains("https://"), "{}", page.text);
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self';"), "{policy}");
    let start = service.get("/api/docs/swagger-initializer.js").await;
    assert!(start.text.contains("/api/v1/openapi.json"), "{}", start.text);
}

#[tokio::test]
async fn its_address_without_a_slash_leads_there() {
    let service = Service::start().await;
    let answer = service.get("/api/docs").await;
    assert_eq!((answer.status, answer.header("location")), (303, "/api/docs/"));
}
