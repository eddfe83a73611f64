#include "tests/simulation/run/actions.h"
#include "tests/simulation/run/draw.h"
#include "tests/simulation/run/workload.h"

#include <algorithm>
#include <utility>

namespace simulation {

using ledger::MasterEventType;
using ledger::Quantity;

void master_places(Workload& work) {
    Dice& dice = work.dice();
    const std::size_t who = dice.below(work.cast().masters.size());
    Story story = work.story_of(who);
    story.instrument = work.any_instrument();
    story.terms = any_terms(dice);
    work.feed().tell(work.feed().begin(std::move(story)), MasterEventType::new_);
}

namespace {

// Now and then through the platform, where the source counts nothing itself.
void tell_modified(Workload& work, Story& story) {
    const bool counted_here = story.versions == ledger::SourceVersion::Kind::revision;
    if (counted_here && work.dice().chance(500)) {
        work.feed().tell_by_hand(story, MasterEventType::modified);
    } else {
        work.feed().tell(story, MasterEventType::modified);
    }
}

}  // namespace

void master_modifies(Workload& work) {
    Story* story = work.any_open_story();
    if (story == nullptr) return;
    Dice& dice = work.dice();
    const auto before = story->terms;
    if (has_limit_price(before.type) && dice.chance(700)) story->terms.price = any_price(dice);
    if (has_trigger(before.type) && dice.chance(500)) story->terms.trigger = any_price(dice);
    if (dice.chance(400)) {
        story->terms.quantity = std::max(any_quantity(dice), Quantity{story->cum_qty + 1});
    }
    if (story->terms != before) tell_modified(work, *story);
}

void master_cancels(Workload& work) {
    Story* story = work.any_open_story();
    if (story == nullptr) return;
    story->over = true;
    work.feed().tell(*story, MasterEventType::canceled);
}

void master_is_filled(Workload& work) {
    Story* story = work.any_open_story();
    if (story == nullptr) return;
    const std::int64_t left = story->terms.quantity.value() - story->cum_qty;
    story->cum_qty += work.dice().chance(500) ? left : work.dice().between(1, left);
    story->over = story->cum_qty == story->terms.quantity.value();
    work.feed().tell(*story, MasterEventType::fill);
}

void master_is_rejected(Workload& work) {
    Story* story = work.any_open_story();
    if (story == nullptr || story->cum_qty > 0) return;
    story->over = true;
    work.feed().tell(*story, MasterEventType::rejected);
}

// Brokers tell an order anew after a cut, under a version of its own.
void master_repeats_new(Workload& work) {
    Story* story = work.any_open_story();
    if (story == nullptr || story->versions == ledger::SourceVersion::Kind::revision) return;
    work.feed().tell(*story, MasterEventType::new_);
}

void feed_contradicts_itself(Workload& work) {
    const Story* story = work.any_late_story();
    if (story == nullptr || story->chapters.empty()) return;
    const auto& chapter = story->chapters[work.dice().below(story->chapters.size())];
    const bool counted = story->versions == ledger::SourceVersion::Kind::revision;
    // What was not heard yet is contradicted by nothing.
    if (counted || !work.has_taken(chapter.request)) return;
    work.feed().contradict(*story, chapter);
}

}  // namespace simulation
