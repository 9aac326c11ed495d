package dev.muster.observe.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.observe.EnrolmentCommand;
import dev.muster.observe.EnrolmentCommand.ChangeEnrolment;
import dev.muster.observe.EnrolmentCommand.DecideCertificate;
import dev.muster.observe.EnrolmentCommand.EndEnrolment;
import dev.muster.observe.EnrolmentCommand.EnrolDevice;
import dev.muster.observe.EnrolmentCommand.RequestCertificate;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.observe.EnrolmentEvent.EnrolmentEnded;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.command.EnrolmentState.Absent;
import dev.muster.observe.command.EnrolmentState.Enrolled;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A device's enrolment for observation: the uid it goes by, where it is reached, its public key, what shows it, its
 * certificate. That no two devices go by one uid is kept by {@link EnrolmentOffice}; one aggregate cannot know.
 */
public class DeviceEnrolment {

    @AggregateIdentifier
    private @Nullable String id;

    private EnrolmentState state = new Absent();

    protected DeviceEnrolment() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(EnrolDevice command) {
        apply(EnrolmentDecision.enrol(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ChangeEnrolment command) {
        Enrolled known = onlyEnrolled(command);
        Versions.only(command.expectedVersion());
        return apply(EnrolmentDecision.change(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(EndEnrolment command) {
        Enrolled known = onlyEnrolled(command);
        Versions.only(command.expectedVersion());
        apply(List.of(new EnrolmentEnded(command.deviceId(), known.uid())));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(RequestCertificate command) {
        return apply(EnrolmentDecision.request(command, onlyEnrolled(command)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(DecideCertificate command) {
        Enrolled known = onlyEnrolled(command);
        Versions.only(command.expectedVersion());
        return apply(EnrolmentDecision.decide(command, known));
    }

    @EventSourcingHandler
    void on(EnrolmentEvent event) {
        id = "enrolment/" + event.deviceId();
        state = state.after(event);
    }

    private Enrolled onlyEnrolled(EnrolmentCommand command) {
        if (state instanceof Enrolled enrolled) {
            return enrolled;
        }
        throw ObserveRefusal.ENROLMENT_UNKNOWN.because("The device '" + command.deviceId() + "' is not enrolled.");
    }

    private static boolean apply(List<EnrolmentEvent> events) {
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
