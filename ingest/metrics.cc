#include "ingest/metrics.h"

#include "ledger/base/assert.h"

#include <utility>
#include <variant>

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace ingest {

namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

prometheus::Family<prometheus::Counter>& counters(prometheus::Registry& registry,
                                                  const std::string& name,
                                                  const std::string& help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

// Seconds: from a lone commit on a fast disk to a full queue.
prometheus::Histogram::BucketBoundaries commit_buckets() {
    return {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5};
}

MetricFamily reading(std::string name, std::string help, MetricType type, std::uint64_t value) {
    prometheus::ClientMetric metric;
    const auto number = static_cast<double>(value);
    (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = number;
    return MetricFamily{std::move(name), std::move(help), type, {std::move(metric)}};
}

// Those to requests that reached no route among them: 404, 408, 413, 431, ...
MetricFamily responses(const http::Counters& http) {
    MetricFamily family{
        "copyledger_http_responses_total", "Responses sent.", MetricType::Counter, {}};
    for (std::size_t status_class = 1; status_class < http.responses_by_class.size();
         ++status_class) {
        prometheus::ClientMetric metric;
        metric.label = {{"class", std::to_string(status_class) + "xx"}};
        metric.counter.value = static_cast<double>(http.responses_by_class[status_class]);
        family.metric.push_back(std::move(metric));
    }
    return family;
}

void add_http_readings(std::vector<MetricFamily>& out, const http::Counters& http) {
    const std::string prefix = "copyledger_http_";
    out.push_back(reading(prefix + "connections_open", "Connections open now.", MetricType::Gauge,
                          http.connections_open));
    out.push_back(responses(http));
    const auto add = [&](const std::string& name, std::string help, std::uint64_t value) {
        out.push_back(reading(prefix + name, std::move(help), MetricType::Counter, value));
    };
    add("connections_accepted_total", "Connections accepted.", http.connections_accepted);
    add("connections_refused_total", "Connections answered 503.", http.connections_refused);
    add("connections_displaced_total", "Connections closed for others.",
        http.connections_displaced);
    add("connections_timed_out_total", "Connections too slow.", http.connections_timed_out);
    add("received_bytes_total", "Bytes received.", http.bytes_in);
    add("sent_bytes_total", "Bytes sent.", http.bytes_out);
}

}  // namespace

struct Metrics::Families {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests =
        counters(registry, "copyledger_http_requests_total", "Requests answered.");
    prometheus::Counter& webhook_duplicates =
        counters(registry, "copyledger_webhook_duplicates_total",
                 "Webhooks that repeated a recorded fact.")
            .Add({});
    prometheus::Counter& webhook_conflicts =
        counters(registry, "copyledger_webhook_conflicts_total",
                 "Webhooks that contradicted a recorded fact.")
            .Add({});
    prometheus::Histogram& commit_seconds =
        prometheus::BuildHistogram()
            .Name("copyledger_commit_seconds")
            .Help("From a command's submission to its durable receipt.")
            .Register(registry)
            .Add({}, commit_buckets());
    prometheus::Family<prometheus::Counter>& event_family =
        counters(registry, "copyledger_events_total", "Events committed since the start.");
    std::array<prometheus::Counter*, ledger::Payload::kinds> events{};
    prometheus::Gauge& last_sequence = prometheus::BuildGauge()
                                           .Name("copyledger_last_sequence")
                                           .Help("Sequence of the last event committed.")
                                           .Register(registry)
                                           .Add({});
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}

Metrics::~Metrics() = default;

void Metrics::Route::count(int status) const {
    const auto status_class = static_cast<std::size_t>(status / 100);
    LEDGER_ASSERT(status_class >= 2 && status_class < by_class_.size());
    by_class_[status_class]->Increment();
}

Metrics::Route Metrics::route(std::string_view name) {
    Route route;
    for (std::size_t status_class = 2; status_class < route.by_class_.size(); ++status_class) {
        route.by_class_[status_class] = &families_->requests.Add(
            {{"route", std::string{name}}, {"class", std::to_string(status_class) + "xx"}});
    }
    return route;
}

void Metrics::count_webhook_duplicate() {
    families_->webhook_duplicates.Increment();
}

void Metrics::count_webhook_conflict() {
    families_->webhook_conflicts.Increment();
}

void Metrics::observe_commit(std::int64_t elapsed_ns) {
    families_->commit_seconds.Observe(static_cast<double>(elapsed_ns) / 1e9);
}

void Metrics::count_events(const std::vector<ledger::Event>& committed) {
    if (committed.empty()) return;
    for (const ledger::Event& event : committed) {
        prometheus::Counter*& counter = families_->events[event.payload.index()];
        if (counter == nullptr) {
            counter = &families_->event_family.Add(
                {{"kind", std::string{ledger::kind_of(event.payload)}}});
        }
        counter->Increment();
    }
    families_->last_sequence.Set(static_cast<double>(committed.back().sequence));
}

std::string Metrics::text(const Readings& readings) const {
    std::vector<MetricFamily> families = families_->registry.Collect();
    families.push_back(reading("copyledger_queued_commands", "Commands that wait for the writer.",
                               MetricType::Gauge, readings.queued_commands));
    if (readings.http) add_http_readings(families, *readings.http);
    return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace ingest
