package dev.muster.updates.ddi;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.MarkRetrieved;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The documents of an action: R3 deploymentBase, R5 cancelAction, R7 installedBase, R10 confirmationBase. */
final class DocumentRoute {

    private static final String HIDDEN = "Update Server: ";

    private final Wires wires;
    private final PollRoute polls;

    DocumentRoute(Wires wires, PollRoute polls) {
        this.wires = wires;
        this.polls = polls;
    }

    /** R3: any action but those waiting, canceling or canceled; reading an active one is noted. */
    Mono<Void> deployment(Visit visit, int number) {
        Media media = Wires.accepted(visit);
        visit.queryInt("c");
        int asked = historyAsked(visit);
        return inTime(visit, number, () -> {
            DeskEntry entry = visit.device();
            DeskAction action = entry.active(number);
            if (action == null) {
                ActionStatus end = ended(entry, number);
                if (end == ActionStatus.CANCELED) {
                    throw DdiFailure.notFound();
                }
                return closed(visit, media, entry, number, asked);
            }
            if (action.waiting() || action.canceling()) {
                throw DdiFailure.notFound();
            }
            if (action.retrieved() || visit.isHead()) {
                return answer(visit, media, "deployment", action, asked);
            }
            return wires.orders
                    .mention(visit, new MarkRetrieved(entry.id, number, false))
                    .then(Mono.defer(() -> answer(visit, media, "deployment", action.read(), asked)));
        });
    }

    /** R10: only while the action waits; reading it leaves no trace. */
    Mono<Void> confirmation(Visit visit, int number) {
        Media media = Wires.accepted(visit);
        visit.queryInt("c");
        int asked = historyAsked(visit);
        return inTime(visit, number, () -> {
            DeskEntry entry = visit.device();
            DeskAction action = entry.active(number);
            if (action == null) {
                ended(entry, number);
                throw DdiFailure.notFound();
            }
            if (!action.waiting()) {
                throw DdiFailure.notFound();
            }
            return answer(visit, media, "confirmation", action, asked);
        });
    }

    /** R7: what was installed or fetched to the end. */
    Mono<Void> installed(Visit visit, int number) {
        Media media = Wires.accepted(visit);
        int asked = historyAsked(visit);
        DeskEntry entry = visit.device();
        if (entry.active(number) != null) {
            throw DdiFailure.notFound();
        }
        ActionStatus end = ended(entry, number);
        if (end != ActionStatus.FINISHED && end != ActionStatus.DOWNLOADED) {
            throw DdiFailure.notFound();
        }
        return closed(visit, media, entry, number, asked);
    }

    /** R5: while the action is canceling, and after it was canceled. */
    Mono<Void> cancel(Visit visit, int number) {
        Media media = Wires.accepted(visit);
        DeskEntry entry = visit.device();
        DeskAction action = entry.active(number);
        Mono<Void> document = Mono.defer(() -> Answers.document(visit, media, wires.documents.cancel(media, number)));
        if (action == null) {
            if (ended(entry, number) != ActionStatus.CANCELED) {
                throw DdiFailure.notFound();
            }
            return document;
        }
        if (!action.canceling()) {
            throw DdiFailure.notFound();
        }
        return action.retrieved() || visit.isHead()
                ? document
                : wires.orders
                        .mention(visit, new MarkRetrieved(entry.id, number, true))
                        .then(document);
    }

    /** Ends the action first when its window is over; only the current one, as with a poll. */
    private Mono<Void> inTime(Visit visit, int number, Supplier<Mono<Void>> document) {
        DeskAction current = visit.device().current();
        Mono<Void> overdue = current != null && current.number() == number ? polls.overdue(visit) : null;
        return overdue == null ? Mono.defer(document) : overdue.then(Mono.defer(document));
    }

    private static ActionStatus ended(DeskEntry entry, int number) {
        ActionStatus end = entry.closed(number);
        if (end == null) {
            throw Wires.noAction(number);
        }
        return end;
    }

    private Mono<Void> closed(Visit visit, Media media, DeskEntry entry, int number, int asked) {
        DeskAction installed = entry.installed;
        if (installed != null && installed.number() == number) {
            return answer(visit, media, "deployment", installed, asked);
        }
        DeskAction proving = entry.proving(number);
        if (proving != null) {
            return answer(visit, media, "deployment", proving, asked);
        }
        return view(entry.id, number).flatMap(found -> {
            ActionView view = found.orElseThrow(DdiFailure::tryAgain);
            DeskAction action = DeskAction.of(view, wires.desk.release(view.release()));
            return written(visit, media, "deployment", action, history(view, view.status(), asked));
        });
    }

    private Mono<Void> answer(Visit visit, Media media, String key, DeskAction action, int asked) {
        if (asked == 0) {
            return written(visit, media, key, action, null);
        }
        return view(visit.device().id, action.number())
                .flatMap(found -> written(
                        visit,
                        media,
                        key,
                        action,
                        found.map(view -> history(view, action.status(), asked)).orElse(null)));
    }

    private Mono<Void> written(
            Visit visit, Media media, String key, DeskAction action, Documents.@Nullable History history) {
        return Answers.document(
                visit,
                media,
                wires.documents.action(media, key, wires.origin(visit), visit.deviceId(), action, history, visit.now));
    }

    /** The action as the views show it, caught up if they can be within the wait; else as they are. */
    private Mono<Optional<ActionView>> view(DeviceId id, int number) {
        Duration wait = wires.settings.catchUpMax();
        return wires.ports
                .positions()
                .viewed(wires.ports.positions().committed(), wait)
                .onErrorComplete()
                .then(Mono.defer(() -> wires.ports.actions().find(id, number)))
                .timeout(wait.plus(wires.settings.commandTimeout()))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    private Documents.History history(ActionView view, ActionStatus status, int asked) {
        List<String> messages = new ArrayList<>();
        List<ActionView.Entry> entries = view.entries();
        for (int e = entries.size() - 1; e >= 0; e--) {
            List<String> said = entries.get(e).messages();
            for (int m = said.size() - 1; m >= 0 && messages.size() < asked; m--) {
                if (!said.get(m).startsWith(HIDDEN)) {
                    messages.add(said.get(m));
                }
            }
        }
        return new Documents.History(status, messages);
    }

    /** How many messages the device wants: negative and too large mean all that we give. */
    private int historyAsked(Visit visit) {
        Integer asked = visit.queryInt("actionHistory");
        if (asked == null || asked == 0) {
            return 0;
        }
        int most = wires.settings.historyMax();
        return asked < 0 || asked > most ? most : asked;
    }
}
