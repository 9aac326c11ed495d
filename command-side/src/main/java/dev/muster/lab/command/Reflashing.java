package dev.muster.lab.command;

import dev.muster.kernel.Refused;
import dev.muster.lab.Board;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.FlashBack;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import dev.muster.lab.PowerWish;
import dev.muster.lab.ReservationId;
import dev.muster.lab.command.LabOutcomes.Course;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts back on a board what it shall be lent with. The device that the board is gets the release by an assignment as any
 * device would, is powered, and installs it; the end of that action is waited for on the board's own thread. The release is
 * installed also when the device is said to have it: whoever had the board need not have told. An action that an
 * interrupted release began is gone on with.
 */
final class Reflashing {

    private static final Logger LOG = LoggerFactory.getLogger(Reflashing.class);

    private final BoardName name;
    private final Bench bench;
    private final PowerCare power;

    Reflashing(BoardName name, Bench bench, PowerCare power) {
        this.name = name;
        this.bench = bench;
        this.power = power;
    }

    /**
     * What this release puts back, null if nothing. A reservation that was never handed over left no trace on the device.
     * Whatever was tried before, or comes back from maintenance or a fault, is not known to be as it was.
     */
    @Nullable
    FlashBack due(Board board, BoardDefinition definition) {
        boolean untouched = board.attempt() == 1
                && board.reservation() != null
                && wasNeverHandedOver(board.reservation().id());
        return definition.deviceId() == null || untouched ? null : definition.flashBack();
    }

    private boolean wasNeverHandedOver(ReservationId reservation) {
        Course course = bench.course(reservation, name);
        return course != null && !course.handedOver();
    }

    /** As it was read last. */
    Power powerNow() {
        Board now = bench.boards().find(name);
        return now == null ? Power.UNKNOWN : now.power();
    }

    /** Off, unless it is to stay as it was before and was not off. */
    void restorePower(BoardDefinition definition, Power before) {
        power.ready(definition, definition.keepsPower() && before != Power.OFF ? PowerWish.KEEP : PowerWish.OFF);
    }

    /**
     * Ends when the device said that it is done. Fails with {@link LabRefusal#FLASH_BACK_FAILED},
     * {@link LabRefusal#FLASH_BACK_TIMEOUT} or a refusal of the power switch; then no action is left. Broken off, it leaves
     * the action for the next start.
     *
     * @param before how the power is; what is on already is not switched
     */
    void run(BoardDefinition definition, FlashBack wanted, Power before) {
        DeviceId device = new DeviceId(Objects.requireNonNull(definition.deviceId()));
        Instant end = bench.clock().instant().plusSeconds(wanted.withinSeconds());
        int action = begun(device, wanted);
        LOG.info("The board {} is flashed back to {} by action {} of {}", name, wanted.spoken(), action, device);
        try {
            if (before != Power.ON) {
                power.ready(definition, PowerWish.ON);
            }
            follow(device, action, wanted, end);
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                giveUp(device, action);
            }
            throw e;
        }
    }

    private int begun(DeviceId device, FlashBack wanted) {
        try {
            return bench.done(bench.reinstallations().begin(device, wanted.release(), wanted.version(), Bench.SYSTEM));
        } catch (Refused refused) {
            throw LabRefusal.FLASH_BACK_FAILED.because(
                    "The board cannot be flashed back: " + refused.refusal().message());
        }
    }

    private void follow(DeviceId device, int action, FlashBack wanted, Instant end) {
        while (true) {
            ActionView view = seen(device, action);
            if (view != null && !view.active()) {
                onlyInstalled(view, wanted);
                return;
            }
            if (!bench.clock().instant().isBefore(end)) {
                throw LabRefusal.FLASH_BACK_TIMEOUT.because("The device '" + device + "' did not install "
                        + wanted.spoken() + " within " + wanted.withinSeconds() + " seconds.");
            }
            Bench.pause(bench.settings().flashingEvery());
        }
    }

    /** The view lags, and its store may be away for a moment: what is not seen now is seen later or not in time. */
    private @Nullable ActionView seen(DeviceId device, int action) {
        try {
            Optional<ActionView> seen = bench.done(
                    bench.actions().find(device, action).singleOptional().toFuture());
            return seen.orElse(null);
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            LOG.warn("What became of action {} of {} could not be read; it is tried again", action, device, e);
            return null;
        }
    }

    private static void onlyInstalled(ActionView view, FlashBack wanted) {
        if (view.status() == ActionStatus.FINISHED) {
            return;
        }
        String what = "The device '" + view.deviceId() + "' did not install " + wanted.spoken() + ": ";
        throw LabRefusal.FLASH_BACK_FAILED.because(
                what + (view.status() == ActionStatus.CANCELED ? "the action was canceled." : lastWords(view)));
    }

    private static String lastWords(ActionView view) {
        for (ActionView.Entry entry : view.entries().reversed()) {
            List<String> messages = entry.messages();
            if (!messages.isEmpty()) {
                return messages.getLast();
            }
        }
        return "it said no more than that.";
    }

    /** A device whose power goes off shall not find the work again when somebody else has the board. */
    private void giveUp(DeviceId device, int action) {
        try {
            boolean wasOpen = bench.done(bench.reinstallations().end(device, action, Bench.SYSTEM));
            LOG.info("Action {} of {} {}", action, device, wasOpen ? "was ended" : "had ended");
        } catch (RuntimeException e) {
            LOG.warn("Action {} of {} could not be ended", action, device, e);
        }
    }
}
