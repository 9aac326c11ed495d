package dev.muster.updates.ddi;

import dev.muster.registry.DeviceCommand.ReportAttributes;
import dev.muster.updates.ActionCommand.ActivateAutoConfirm;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.DeactivateAutoConfirm;
import dev.muster.updates.ActionCommand.DeclareInstalled;
import dev.muster.updates.ActionCommand.ReportCancelFeedback;
import dev.muster.updates.ActionCommand.ReportConfirmation;
import dev.muster.updates.ActionCommand.ReportFeedback;
import dev.muster.updates.Feedback;
import dev.muster.updates.Fleet;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.ReleaseId;
import java.time.Instant;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What devices report: R2, R4, R6, R8, R11, R12 and R13. The body is judged first, then the device, then the rest. */
final class ReportRoute {

    private static final String DEFAULT_REMARK = "Activated by the device without a remark.";
    private static final int INITIATOR_LENGTH_MAX = 64;
    private static final int REMARK_LENGTH_MAX = 512;
    private static final int NUMBERS_DRAWN_MAX = 3;

    private final Wires wires;

    ReportRoute(Wires wires) {
        this.wires = wires;
    }

    Mono<Void> attributes(Visit visit) {
        return wires.bodies.object(visit).map(Reports::attributes).flatMap(report -> {
            DeskEntry entry = visit.device();
            return done(visit, new ReportAttributes(entry.id, report.mode(), report.values(), entry.attributesAsked()));
        });
    }

    Mono<Void> feedback(Visit visit, int number) {
        return said(visit).flatMap(said -> {
            DeskEntry entry = visit.device();
            return done(visit, new ReportFeedback(entry.id, existing(number), said))
                    .doOnSuccess(done -> wires.metrics.reported(said));
        });
    }

    Mono<Void> cancelFeedback(Visit visit, int number) {
        return said(visit).flatMap(said -> {
            DeskEntry entry = visit.device();
            return done(visit, new ReportCancelFeedback(entry.id, existing(number), said));
        });
    }

    private Mono<Feedback> said(Visit visit) {
        return wires.bodies.object(visit).map(body -> Reports.feedback(body, wires.settings.messagesMax()));
    }

    Mono<Void> confirmation(Visit visit, int number) {
        return wires.bodies
                .object(visit)
                .map(body -> Reports.confirmation(body, wires.settings.messagesMax()))
                .flatMap(said -> {
                    DeskEntry entry = visit.device();
                    return done(
                            visit,
                            new ReportConfirmation(
                                    entry.id,
                                    existing(number),
                                    said.confirmed(),
                                    said.code(),
                                    said.messages(),
                                    visit.rules.settings().confirmationFlow()));
                });
    }

    Mono<Void> activateAutoConfirm(Visit visit) {
        return wires.bodies
                .optionalObject(visit)
                .map(body -> new ActivateAutoConfirm(
                        visit.device().id,
                        bounded(body, "initiator", INITIATOR_LENGTH_MAX),
                        bounded(body, "remark", REMARK_LENGTH_MAX)))
                .switchIfEmpty(
                        Mono.fromSupplier(() -> new ActivateAutoConfirm(visit.device().id, null, DEFAULT_REMARK)))
                .flatMap(command -> done(visit, command));
    }

    private static @org.jspecify.annotations.Nullable String bounded(JsonNode body, String name, int lengthMax) {
        String text = Lenient.text(body, name);
        if (text != null && text.length() > lengthMax) {
            throw DdiFailure.constraintViolation("'" + name + "' has more than " + lengthMax + " characters.");
        }
        return text;
    }

    Mono<Void> deactivateAutoConfirm(Visit visit) {
        return done(visit, new DeactivateAutoConfirm(visit.device().id));
    }

    /** R8: the device says what it runs already. */
    Mono<Void> installed(Visit visit) {
        return wires.bodies.object(visit).flatMap(body -> {
            String name = Lenient.requiredText(body, "name");
            String version = Lenient.requiredText(body, "version");
            DeskEntry entry = visit.device();
            DeskRelease release = wires.desk.release(ReleaseId.of(name, version));
            if (release == null || release.deleted()) {
                throw DdiFailure.entityNotFound("There is no release " + name + " " + version + ".");
            }
            Fleet.Recipient device = wires.ports.fleet().recipient(entry.id);
            Instant returnedAt = device == null ? null : device.returnedAt();
            return wires.ports
                    .numbers()
                    .next(Series.ACTION)
                    .onErrorMap(DdiFailure::of)
                    .flatMap(number -> wires.orders.<Assigned>ask(
                            visit, new DeclareInstalled(entry.id, Math.toIntExact(number), release.ref(), returnedAt)))
                    // Another action may have taken a later number in between.
                    .retryWhen(reactor.util.retry.Retry.max(NUMBERS_DRAWN_MAX)
                            .filter(e -> e instanceof DdiFailure f && f.status() == 409)
                            .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                    .flatMap(assigned -> Answers.empty(visit.response, assigned.created() ? 201 : 200));
        });
    }

    private static int existing(int number) {
        if (number < 0) {
            throw Wires.noAction(number);
        }
        return number;
    }

    private Mono<Void> done(Visit visit, Object command) {
        return wires.orders.tell(visit, command).then(Mono.defer(() -> Answers.empty(visit.response, 200)));
    }
}
