package dev.muster.updates.modes.query;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionConfirmed;
import dev.muster.updates.ActionEvent.ActionDenied;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import dev.muster.updates.ActionEvent.CancelRejected;
import dev.muster.updates.modes.Followings.NativeOffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The actions that devices have yet to work on, of those that have any. */
final class OpenActions {

    /** A missing weight counts as the maximum. */
    private static final int WEIGHT_MAX = 1000;

    /** The heaviest first, of equal ones the oldest. */
    private static final Comparator<Weighed> FIRST_TO_DO = Comparator.comparingInt(Weighed::weight)
            .reversed()
            .thenComparingInt(each -> each.offer().action());

    private final ConcurrentHashMap<DeviceId, List<Weighed>> open = new ConcurrentHashMap<>();

    private record Weighed(NativeOffer offer, int weight) {}

    void apply(ActionEvent event) {
        switch (event) {
            case ActionAssigned e -> add(e);
            case ActionConfirmed e -> change(e.deviceId(), e.action(), offer -> with(offer, false, offer.canceling()));
            // Consent can be taken back after it was given.
            case ActionDenied e -> change(e.deviceId(), e.action(), offer -> with(offer, true, offer.canceling()));
            case ActionCancelRequested e ->
                change(e.deviceId(), e.action(), offer -> with(offer, offer.waiting(), true));
            case CancelRejected e -> change(e.deviceId(), e.action(), offer -> with(offer, offer.waiting(), false));
            // What the device says to have installed is not offered to it once more; only proof of health is awaited.
            case ActionInstalled e -> end(e.deviceId(), e.action());
            case ActionFinished e -> end(e.deviceId(), e.action());
            case ActionFailed e -> end(e.deviceId(), e.action());
            case ActionDownloaded e -> end(e.deviceId(), e.action());
            case ActionCanceled e -> end(e.deviceId(), e.action());
            default -> {}
        }
    }

    private void add(ActionAssigned event) {
        Integer weight = event.weight();
        Weighed added = new Weighed(
                new NativeOffer(event.action(), event.release(), event.type(), event.window(), event.waiting(), false),
                weight == null ? WEIGHT_MAX : weight);
        List<Weighed> all = new ArrayList<>(open.getOrDefault(event.deviceId(), List.of()));
        all.add(added);
        all.sort(FIRST_TO_DO);
        open.put(event.deviceId(), List.copyOf(all));
    }

    private void change(DeviceId device, int action, UnaryOperator<NativeOffer> change) {
        open.computeIfPresent(device, (key, before) -> before.stream()
                .map(each ->
                        each.offer().action() == action ? new Weighed(change.apply(each.offer()), each.weight()) : each)
                .toList());
    }

    private void end(DeviceId device, int action) {
        List<Weighed> left = open.getOrDefault(device, List.of()).stream()
                .filter(each -> each.offer().action() != action)
                .toList();
        if (left.isEmpty()) {
            open.remove(device);
        } else {
            open.put(device, left);
        }
    }

    private static NativeOffer with(NativeOffer offer, boolean waiting, boolean canceling) {
        return new NativeOffer(offer.action(), offer.release(), offer.type(), offer.window(), waiting, canceling);
    }

    void forget(DeviceId device) {
        open.remove(device);
    }

    List<NativeOffer> of(DeviceId device) {
        List<Weighed> all = open.get(device);
        return all == null ? List.of() : all.stream().map(Weighed::offer).toList();
    }
}
