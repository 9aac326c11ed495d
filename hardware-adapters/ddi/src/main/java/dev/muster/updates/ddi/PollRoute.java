package dev.muster.updates.ddi;

import dev.muster.updates.ActionCommand.CancelAction;
import dev.muster.updates.ActionCommand.CancelCause;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** R1, the poll, and R9, the confirmation base: the two routes on which a device may show up for the first time. */
final class PollRoute {

    private final Wires wires;

    PollRoute(Wires wires) {
        this.wires = wires;
    }

    Mono<Void> poll(Visit visit) {
        Media media = Wires.accepted(visit);
        Mono<Void> news = visit.isHead() ? null : wires.arrivals.greet(visit);
        Mono<Void> wait = news == null ? overdue(visit) : news.then(Mono.defer(() -> orEmpty(overdue(visit))));
        return wait == null ? answer(visit, media) : wait.then(Mono.defer(() -> answer(visit, media)));
    }

    private Mono<Void> answer(Visit visit, Media media) {
        DeskEntry entry = visit.device();
        PollAnswer answer = wires.polls.answer(entry, wires.origin(visit), media, visit.rules, visit.now);
        Rendered rendered = answer.rendered();
        if (Answers.isUnchanged(visit, rendered)) {
            wires.metrics.polled(PollOutcome.UNCHANGED);
            return Answers.unchanged(visit, rendered);
        }
        wires.metrics.polled(answer.outcome());
        return Answers.whole(visit, media, rendered);
    }

    Mono<Void> confirmationBase(Visit visit) {
        Media media = Wires.accepted(visit);
        Mono<Void> news = visit.isHead() ? null : wires.arrivals.greet(visit);
        Mono<Void> answer = Mono.defer(() -> Answers.document(
                visit, media, wires.documents.confirmationBase(media, wires.origin(visit), visit.device(), visit.now)));
        return news == null ? answer : news.then(answer);
    }

    /** Ends the current action when its maintenance window is over for good; null when that is not so. */
    @Nullable
    Mono<Void> overdue(Visit visit) {
        DeskEntry entry = visit.entry();
        DeskAction current = entry == null ? null : entry.current();
        if (entry == null
                || current == null
                || current.canceling()
                || visit.isHead()
                || !Offer.isOver(current, wires.windows, visit.now)) {
            return null;
        }
        return wires.orders
                .mention(visit, new CancelAction(entry.id, current.number(), false, CancelCause.WINDOW_OVER))
                .then(wires.orders.settled(visit.deviceId()))
                .then(Mono.fromRunnable(() -> visit.meet(wires.desk.find(visit.deviceId()))));
    }

    private static Mono<Void> orEmpty(@Nullable Mono<Void> work) {
        return work == null ? Mono.empty() : work;
    }
}
