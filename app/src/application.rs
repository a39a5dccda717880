//! The frame that all pages share, and which page answers which path.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    components::SiteHeader,
    desk::Desk,
    device::Device,
    moment::Clock,
    pages::{Analyse, Models, NotFound},
    reader, rendered, service,
    you::You,
};

/// The whole site.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let preferences = SharedValue::new(reader::preferences).into_inner();
    provide_context(preferences.language.words());
    provide_context(RwSignal::new(preferences.theme));
    provide_context(Clock::new());
    let desk = Desk::new();
    provide_context(desk);
    provide_context(Device::new(preferences.place, desk));
    provide_context(service::ask());
    Effect::new(reader::page_is_live);
    provide_context(You(SharedValue::new(reader::reviewer).into_inner()));
    let words = preferences.language.words();

    view! {
        <Router>
            <a class="skip" href="#content" rel="external">
                {words.skip_to_content}
            </a>
            <SiteHeader language=preferences.language />
            // The pages are rendered whole, so that they read the same where scripts are off.
            <FlatRoutes fallback=NotFound>
                <Route path=path!("/") view=Analyse ssr=SsrMode::Async />
                <Route path=path!("/watch") view=rendered::watch ssr=SsrMode::Async />
                <Route path=path!("/watch/channels") view=rendered::channels ssr=SsrMode::Async />
                <Route path=path!("/files") view=rendered::files ssr=SsrMode::Async />
                <Route path=path!("/files/:id") view=rendered::one_file ssr=SsrMode::Async />
                <Route path=path!("/review") view=rendered::review ssr=SsrMode::Async />
                <Route path=path!("/models") view=Models ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
    }
}
