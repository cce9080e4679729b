"""Which paths are never edited: hits and near misses, in any case."""

import pytest

from goldseam.land.policy import is_protected

TEST = "a test or its helper"
CONFIGURES = "configures the runner or the build"
INSTALLED = "installed code, not the project's"
DATA = "data, or an expected result"
HITS = {
    TEST: """
                tests/app.py test/app.py src/tests/deep/app.py pkg/Tests/app.py TESTS/app.js
        test_app.py app_test.py app_tests.py test.py tests.py src/test_x.py Test_App.py TEST_APP.PY
        conftest.py         deep/conftest.py __tests__/a.js src/__tests__/a.ts __mocks__/fs.js
        __snapshots__/a.js fixtures/a.py         app.test.js app.test.ts app.test.tsx app.spec.js
        app.spec.mts App.Spec.TS app.cy.ts app.e2e.ts         button.stories.tsx test-app.js app-test.mjs
        app_test.cjs app-spec.js setup-tests.js setupTests.ts         AppTest.php src/AppTest.php
        AppTests.php AppTestCase.php Test.php HTTP2Test.php FooTest.PHP         spec/app.js e2e/login.ts
        cypress/support/commands.js
    """,
    CONFIGURES: """
                setup.py setup.cfg pyproject.toml pytest.ini .pytest.ini tox.ini noxfile.py NoxFile.py
        Makefile         package.json sub/package.json composer.json phpunit.xml phpunit.xml.dist
        tsconfig.json tsconfig.build.json         jest.config.js jest.config.ts jest.setup.js
        vitest.config.mts vitest.workspace.ts babel.config.cjs         webpack.config.js
        webpack.prod.config.js webpack.config.prod.js rollup.config.mjs vite.config.ts
        eslint.config.js .eslintrc.js .babelrc .mocharc.cjs karma.conf.js gulpfile.js Gruntfile.js
        ecosystem.config.js .php-cs-fixer.dist.php rector.php sitecustomize.py .gitlab-ci.yml Dockerfile
        next.config.mjs tailwind.config.js playwright.config.ts .prettierrc.cjs deno.json
    """,
    "configures continuous integration": """
                .github/workflows/ci.yml .github/scripts/release.py .circleci/config.yml .gitlab/x.py
        .ci/run
    """,
    "configures tools": ".husky/pre-commit .vscode/tasks.json .yarn/releases/yarn.cjs .storybook/main.ts",
    "pins dependencies": """
                poetry.lock uv.lock Pipfile.lock yarn.lock package-lock.json npm-shrinkwrap.json
        pnpm-lock.yaml         composer.lock requirements.txt requirements-dev.txt dev-requirements.txt
        requirements.lock         requirements.in constraints.txt bun.lockb REQUIREMENTS.TXT
    """,
    INSTALLED: """
                .venv/lib/python3.11/site-packages/x.py venv/x.py env/lib/python3.12/site-packages/a/b.py
        node_modules/left-pad/index.js packages/a/node_modules/b/index.js vendor/autoload.php
        src/_vendor/six.py .tox/py/x.py __pycache__/x.py Vendor/a.php
    """,
    "may hold secrets": """
                .env .env.local .env.production prod.env key.pem server.key id_rsa id_ed25519.pub .netrc
        .npmrc         credentials.json secrets.yaml secret.toml store.p12 .ENV
    """,
    DATA: """
                data.csv expected.txt out/result.json README.md Cargo.toml script.sh job.py.orig job.pyc
        schema.sql         index.html style.css job config.yaml .hidden a.py~ job.js.map
    """,
    "goldseam's own configuration": "goldseam.toml Goldseam.TOML",
    "goldseam's own state": ".goldseam/blobs/x.py sub/.goldseam/x.py .GOLDSEAM/x.py",
    "version control's own state": ".git/hooks/pre-commit .GIT/x.py a/.git/x.py .hg/x.py .svn/x.py",
}
NEAR_MISSES = """
    job.py settings.py config.py src/config.js app.config.ts contest.py Contest.php latest.py latest.js
    Latest.php attest.php testing_tools.py testing.py testimony.js protest.ts tester.py greatest.php
    testdata.py src/testing/a.py specification.py inspect.py spec.py openapi_spec.py aspects/a.js
    contests/a.py latest/a.py attests.py environment.py env.py env/a.py environments/prod.py keys.py
    key.js pem.py secrets.py credential.js vendors.php vendored/a.php vendor.php node_modules.js venv.py
    packages/a.js lock.py lockfile.js package.py composer.php requirements.py setup_db.py setups.py
    setup/a.py makefile.py github/a.py gitlab.py jobs/core.js index.php template.phtml a.mjs a.cjs a.jsx
    a.mts a.cts a.tsx a.pyw A.PY manage.py wsgi.py build.py conf.py babel.js webpack.js jest.js
    eslint.py fixture.py fixtures.py mocks.js TestTools.php src/Testing/Tool.php noxious.py .hidden.py
    Testable.php MyTestable.js pipeline.config.py
"""


@pytest.mark.parametrize(
    ("path", "reason"), [(path, reason) for reason, paths in HITS.items() for path in paths.split()]
)
def test_hits(path: str, reason: str) -> None:
    assert is_protected(path) == reason


@pytest.mark.parametrize("path", NEAR_MISSES.split())
def test_near_misses(path: str) -> None:
    assert is_protected(path) is None


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("jobs/core.js", "jobs/core.js"),
        ("jobs/core.js", "jobs/Core.js"),
        ("jobs", "jobs/deep/core.js"),
        ("jobs/", "jobs/core.js"),
        ("jobs/*.js", "jobs/core.js"),
        ("jobs/**/*.js", "jobs/core.js"),
        ("jobs/**/*.js", "jobs/a/b/core.js"),
        ("**/core.js", "core.js"),
        ("**/core.js", "a/core.js"),
        ("jobs/**", "jobs/a/core.js"),
        ("c?re.js", "core.js"),
    ],
)
def test_own_patterns(pattern: str, path: str) -> None:
    assert is_protected(path, ["other.py", pattern]) == f"protected as {pattern!r} by the configuration"


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("jobs/core.js", "jobs/core.jsx"),
        ("jobs/*.js", "jobs/deep/core.js"),
        ("job", "jobs/core.js"),
        ("core.js", "jobs/core.js"),
        ("c.re.js", "core.js"),
        ("", "core.js"),
        ("/", "core.js"),
    ],
)
def test_own_patterns_that_miss(pattern: str, path: str) -> None:
    assert is_protected(path, [pattern]) is None
