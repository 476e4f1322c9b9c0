//! Chromium, driven through its WebDriver.
//!
//! Each session has a driver process and a profile folder of its own, so that
//! tests neither see each other nor the user's browser; both end with the session.

use std::future::Future;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, anyhow, bail};
use fantoccini::{Client, ClientBuilder};
use serde_json::{Map, Value, json};

/// Where the browser and its driver are.
#[derive(Debug, Clone)]
pub(crate) struct Chromium {
    browser: PathBuf,
    driver: PathBuf,
    /// What pages may not use, as Chromium's settings name it.
    blocked: Vec<&'static str>,
}

/// What the page is shown on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    width_px: u32,
    height_px: u32,
    is_phone: bool,
}

impl Screen {
    /// A laptop's window.
    pub(crate) const DESKTOP: Self = Self {
        width_px: 1280,
        height_px: 900,
        is_phone: false,
    };
    /// A common phone, upright.
    pub(crate) const PHONE: Self = Self {
        width_px: 390,
        height_px: 844,
        is_phone: true,
    };
}

impl Chromium {
    /// Looks for both programs on `PATH`.
    pub(crate) fn find() -> anyhow::Result<Self> {
        let browser = ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(on_path);
        match (browser, on_path("chromedriver")) {
            (Some(browser), Some(driver)) => Ok(Self {
                browser,
                driver,
                blocked: Vec::new(),
            }),
            _ => bail!("no Chromium: apt-get install chromium chromium-driver"),
        }
    }

    /// The same browser with something forbidden to all pages: `javascript`, or
    /// `cookies`, which takes their storage along.
    pub(crate) fn blocking(&self, setting: &'static str) -> Self {
        let mut blocked = self.clone();
        blocked.blocked.push(setting);
        blocked
    }

    /// Runs `visit` in a fresh browser with this screen.
    pub(crate) fn visit<F>(
        &self,
        screen: Screen,
        visit: impl FnOnce(Client) -> F,
    ) -> anyhow::Result<()>
    where
        F: Future<Output = anyhow::Result<()>>,
    {
        let runtime = tokio::runtime::Runtime::new()?;
        let profile = tempfile::tempdir()?;
        let driver = Driver::start(&self.driver)?;
        runtime.block_on(async {
            let mut builder =
                ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
            builder.capabilities(self.capabilities(screen, profile.path())?);
            let client = builder
                .connect(&driver.address)
                .await
                .context("starting a browser")?;
            let outcome = visit(client.clone()).await;
            let outcome = match outcome {
                Ok(()) => Ok(()),
                Err(error) => Err(error.context(last_seen(&client).await)),
            };
            client.close().await.ok();
            outcome
        })
    }

    fn capabilities(&self, screen: Screen, profile: &Path) -> anyhow::Result<Map<String, Value>> {
        let mut arguments = vec![
            "--headless=new".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--no-first-run".to_owned(),
            "--hide-scrollbars".to_owned(),
            format!("--window-size={},{}", screen.width_px, screen.height_px),
            format!("--user-data-dir={}", profile.display()),
        ];
        // Chromium's sandbox refuses to run as root, which is what containers
        // and CI often are; the owner of a folder just made tells.
        if profile.metadata()?.uid() == 0 {
            arguments.push("--no-sandbox".to_owned());
        }
        let mut options = json!({ "binary": self.browser, "args": arguments });
        if screen.is_phone {
            // A window cannot be made narrower than 500 pixels; an emulated device can.
            options["mobileEmulation"] = json!({ "deviceMetrics": {
                "width": screen.width_px, "height": screen.height_px, "pixelRatio": 2.0,
            }});
        }
        for setting in &self.blocked {
            // 2 is what the settings page calls "not allowed".
            options["prefs"][format!("profile.managed_default_content_settings.{setting}")] =
                json!(2);
        }
        Ok(Map::from_iter([("goog:chromeOptions".to_owned(), options)]))
    }
}

/// Keeps a picture of what a failed test saw, and says where it is.
async fn last_seen(client: &Client) -> String {
    let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-failure.png");
    let address = client.current_url().await;
    let address = address.map_or_else(|error| error.to_string(), |url| url.to_string());
    let kept = match client.screenshot().await {
        Ok(bytes) => std::fs::write(&picture, bytes).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    match kept {
        Ok(()) => format!("at {address}, see {}", picture.display()),
        Err(error) => format!("at {address}, without a picture: {error}"),
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

/// A chromedriver process, ended when dropped.
struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    /// Starts the driver on a port that it chooses, and reads from it which.
    fn start(program: &PathBuf) -> anyhow::Result<Self> {
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let output = BufReader::new(process.stdout.take().expect("stdout is piped"));
        let mut lines = output.lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, port) = line.rsplit_once("started successfully on port ")?;
                Some(port.trim_end_matches('.').to_owned())
            })
            .ok_or_else(|| anyhow!("chromedriver ended without naming its port"))?;
        // The pipe must go on being read, or the driver blocks when it is full.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self {
            process,
            address: format!("http://127.0.0.1:{port}"),
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to stop.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
