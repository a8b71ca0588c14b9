# Every habit of the house. `make help` lists them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
# Node 26 is pinned as a package: whatever Node the machine has, this one runs.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
CLI := node packages/dev-env/src/cli.ts
TESTCLUSTER := node k8s/testcluster/src/cli.ts
# A cluster of one's own (kind, k3d, a real one) instead of the test cluster: KUBE_CONTEXT=kind-kind
export KUBE_CONTEXT

.PHONY: help
help: ## list these habits
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  \033[1m%-14s\033[0m %s\n", $$1, $$2}'

.PHONY: install
install: ## install what is missing (Redis, pnpm, packages); says what to do where it may not
	@tools/bootstrap

.PHONY: tools
tools: install ## build daprd, scheduler, sentry and VersityGW once into the cache
	@$(CLI) tools

.PHONY: up
up: install ## start the whole platform with demo data and print its URL
	@$(CLI) up

.PHONY: down
down: ## stop the platform; data stays
	@$(CLI) down

.PHONY: status
status: ## what runs, where, since when
	@$(CLI) status

.PHONY: logs
logs: ## follow the logs; one service: make logs S=attendance
	@$(CLI) logs $(S)

.PHONY: reset
reset: ## stop the platform and delete its data
	@$(CLI) reset

.PHONY: dlq
dlq: ## dead letters: list; A="retry all" or A="retry attendance ID" sends them again
	@$(CLI) dlq $(A)

.PHONY: demo
demo: install ## play a shift change and a week on the running platform, and add up: N=200 people, ONLY=week
	@$(CLI) demo $(if $(N),--people $(N)) $(if $(ONLY),--only $(ONLY))

.PHONY: scale-plan
scale-plan: ## expected check-ins, and how many pods of attendance when: HOURS=24; MUSTER_URL=… for a cluster
	@$(CLI) scale plan $(if $(HOURS),--hours $(HOURS))

.PHONY: rotate-keys
rotate-keys: ## a new key for access tokens, nobody is signed out: A=--list shows them; MUSTER_URL=… for a cluster
	@$(CLI) rotate-keys $(A)

.PHONY: bench
bench: install ## measure check-ins, events and a baseline side by side; writes JSON
	@node bench/src/main.ts $(BENCH)

.PHONY: k8s-up
k8s-up: install ## a real one-node Kubernetes with Dapr on this machine (KUBE_CONTEXT=… takes the cluster you have; KEDA=1)
	@$(TESTCLUSTER) up $(if $(KEDA),--keda)

.PHONY: k8s-down
k8s-down: ## end the test cluster; nothing of it stays but the built programs
	@$(TESTCLUSTER) down

.PHONY: k8s-status
k8s-status: ## what runs in the cluster and how to reach it
	@$(TESTCLUSTER) status

.PHONY: k8s-smoke
k8s-smoke: install ## a cluster of its own: up, pods with sidecars, down, and nothing left behind
	@$(TESTCLUSTER) smoke $(if $(KEDA),--keda)

.PHONY: k8s-test
k8s-test: tools ## everything on a cluster of its own: install, scale, roll, fail, uninstall; T=rolling for one, KEEP=1 to look after
	@$(if $(KUBE_CONTEXT),$(TESTCLUSTER) up)
	@node tests/kubernetes/src/run.ts $(T)

.PHONY: k8s-dev
k8s-dev: install ## develop in the cluster: edited sources are live in their pods (skaffold dev; A="run" or A="delete" for others)
	@node k8s/skaffold/src/cli.ts $(or $(A),dev)

.PHONY: k8s-local
k8s-local: install ## run one service on this machine against the rest in the cluster: make k8s-local S=attendance
	@node k8s/skaffold/src/local/main.ts $(S)

.PHONY: k8s-scale-demo
k8s-scale-demo: ## a compressed shift change on the cluster that is up: HPA alone, then KEDA with the plan (SCALE="--rate 60 --only hpa")
	@node tests/kubernetes/scaling/main.ts $(SCALE)

.PHONY: bundles
bundles: install ## dist/<service>/: a bundle per entry point, for packages/images/Dockerfile
	@node packages/images/src/cli.ts bundle $(S)

.PHONY: images
images: install ## bundles, then images without an engine: dist/images/*.tar (TAG=…, REGISTRY=…)
	@node packages/images/src/cli.ts images $(S) $(if $(TAG),--tag $(TAG)) $(if $(REGISTRY),--registry $(REGISTRY))

.PHONY: generate
generate: install ## write the generated files (dapr-components, .env.example, docs/permissions.md)
	@node packages/codegen/src/cli.ts

.PHONY: fix
fix: ## format and apply safe lint fixes
	@biome check --write .

.PHONY: check
check: install ## format, lint, import rules, types, generated files, links in docs: seconds, no database
	@biome check --error-on-warnings .
	@tsc --noEmit -p tsconfig.json
	@node packages/codegen/src/cli.ts --check
	@remark --quiet --frail README.md CONTRIBUTING.md docs services packages bench tests k8s charts

.PHONY: charts
charts: install ## lint, render and test the Helm charts
	@node charts/src/write-readme.ts --check
	@vitest run --config charts/vitest.config.ts $(T)

.PHONY: charts-readme
charts-readme: install ## write the tables of values in charts/README.md
	@node charts/src/write-readme.ts

.PHONY: test-unit
test-unit: install ## domain, SQL and routes of every package and service, on a real Postgres
	@vitest run $(T)

.PHONY: test-platform
test-platform: tools ## the whole platform on real sidecars: ways between, faults, contracts
	@tools/bootstrap test
	@vitest run --config tests/vitest.config.ts $(T)

.PHONY: fuzz
fuzz: fuzz-days fuzz-api ## both of the following

.PHONY: fuzz-days
fuzz-days: install ## a million random sets of facts: the same attendance days whatever their order; DAYS_CASES=… for more
	@DAYS_CASES=$(or $(DAYS_CASES),1000000) vitest run services/attendance/test/days/properties.test.ts

.PHONY: fuzz-api
fuzz-api: tools ## hold the running API against its own description: FUZZ_EXAMPLES=200 for more
	@tools/bootstrap test
	@node tests/src/fuzz-api.ts

.PHONY: test
test: check tools ## everything is proven; ends with `N passed, N failed`
	@tools/bootstrap test
	@node tests/src/run-all.ts
