//! `vigie account`: accounts without the service, on its database; so the first admin is made.

use std::{
    io::{self, Write},
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context;
use clap::{ArgMatches, Args, Subcommand};
use domain::{Account, AccountName, Role};
use engine::{Access, AccessError};
use server::{
    access,
    config::{ServeOptions, Settings},
};
use store::ConnectOptions;

/// Keep accounts.
#[derive(Args)]
pub struct AccountArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Make an account, and print the link with which its password is chosen
    Add {
        /// 1 to 60 letters, digits and . _ - + @
        name: String,
        /// viewer, analyst or admin; the first account is an admin
        #[arg(long)]
        role: Role,
        #[command(flatten)]
        place: Place,
    },
    /// List all accounts
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Print a new link with which a password is chosen; an earlier one is of no more use
    Link {
        /// Whose password
        name: String,
        #[command(flatten)]
        place: Place,
    },
    /// Give an account another role
    Role {
        /// Whose role
        name: String,
        /// viewer, analyst or admin
        role: Role,
        #[command(flatten)]
        place: Place,
    },
    /// Remove an account with its sessions and keys
    Remove {
        /// Which account
        name: String,
        #[command(flatten)]
        place: Place,
    },
}

/// Where the service is.
#[derive(Args)]
struct Place {
    /// File of settings, as for `serve`
    #[arg(long, env = "VIGIE_CONFIG", value_name = "FILE")]
    config: Option<std::path::PathBuf>,
    /// sqlite://PATH or postgres://USER@HOST/NAME [default: sqlite://vigie.db in the working directory]
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    database_url: Option<String>,
    /// Where people find the service, for the link [default: what --config says, else http://127.0.0.1:3000]
    #[arg(long, env = "VIGIE_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
}

impl Action {
    const fn place(&self) -> &Place {
        match self {
            Self::Add { place, .. }
            | Self::List { place }
            | Self::Link { place, .. }
            | Self::Role { place, .. }
            | Self::Remove { place, .. } => place,
        }
    }
}

/// Does it, and says so on standard output.
pub fn run(args: &AccountArgs, matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let place = args.action.place();
    let options = ServeOptions {
        config: place.config.clone(),
        database_url: place.database_url.clone(),
        public_url: place.public_url.clone(),
        ..ServeOptions::default()
    };
    let matches = matches.subcommand().map_or(matches, |(_, own)| own);
    let settings = Settings::resolve(options, matches)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = store::connect(&settings.database_url, &ConnectOptions::default()).await;
        let store = store.context("the database cannot be used")?;
        let said = act(&args.action, &Access::new(Arc::clone(&store)), &settings).await;
        store.close().await;
        io::stdout().lock().write_all(said?.as_bytes())?;
        Ok(ExitCode::SUCCESS)
    })
}

/// What to say once it is done.
async fn act(action: &Action, accounts: &Access, settings: &Settings) -> anyhow::Result<String> {
    let public_url = settings.public_url_or(settings.listen);
    let link = |name: &AccountName, token: &str| {
        let link = access::invitation(&public_url, token);
        format!("{name} chooses a password here, once, within three days:\n{link}\n")
    };
    let said = match action {
        Action::List { .. } => {
            return Ok(accounts.accounts().await?.iter().map(line).collect());
        }
        Action::Add { name, role, .. } => {
            let name = AccountName::parse(name)?;
            let made = accounts.make_account(name, *role).await??;
            let subject = format!("{} {role}", made.account.name);
            accounts.note_command("account add", &subject).await?;
            link(&made.account.name, &made.token)
        }
        Action::Link { name, .. } => {
            let account = named(accounts, name).await?;
            let token = accounts.invite(account.id).await??;
            accounts.note_command("account link", account.name.as_str()).await?;
            link(&account.name, &token)
        }
        Action::Role { name, role, .. } => {
            let account = named(accounts, name).await?;
            accounts.change_role(account.id, *role).await??;
            let subject = format!("{} {role}", account.name);
            accounts.note_command("account role", &subject).await?;
            format!("{} is {role} now\n", account.name)
        }
        Action::Remove { name, .. } => {
            let account = named(accounts, name).await?;
            accounts.remove_account(account.id).await??;
            accounts.note_command("account remove", account.name.as_str()).await?;
            format!("{} is removed\n", account.name)
        }
    };
    Ok(said)
}

async fn named(accounts: &Access, name: &str) -> anyhow::Result<Account> {
    let account = accounts.account_named(&AccountName::parse(name)?).await?;
    account.ok_or(AccessError::UnknownAccount).with_context(|| format!("“{name}”"))
}

fn line(account: &Account) -> String {
    let waits = if account.has_password { "" } else { ", has no password yet" };
    format!("{}: {}{waits}\n", account.name, account.role)
}
