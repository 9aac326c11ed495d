package dev.muster.lab.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.PreparationFailed;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardEvent.ReservationExtended;
import dev.muster.lab.BoardEvent.ReservationShared;
import dev.muster.lab.BoardEvent.SetupScriptRan;
import dev.muster.lab.BoardName;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which boards are or once were which devices of the fleet, so that a device's history has its time in the lab. */
public final class LinkedBoards implements Fold {

    private final ConcurrentHashMap<String, Set<BoardName>> byDevice = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "linked-boards";
    }

    @Override
    public void apply(Recorded recorded) {
        if (recorded.event() instanceof BoardDefined event && event.definition().deviceId() != null) {
            byDevice.computeIfAbsent(event.definition().deviceId(), any -> ConcurrentHashMap.newKeySet())
                    .add(event.board());
        }
    }

    /** Identifiers of the aggregates whose history has something of the device in it. */
    public List<String> aggregates(DeviceId device) {
        return byDevice.getOrDefault(device.value(), Set.of()).stream()
                .sorted()
                .map(name -> "board/" + name)
                .toList();
    }

    /**
     * What of a board's history is the device's: what became of reservations while the board was that device.
     *
     * @param board all of it, oldest first
     */
    public static List<Recorded> stays(DeviceId device, List<Recorded> board) {
        List<Recorded> stays = new ArrayList<>();
        boolean linked = false;
        for (Recorded recorded : board) {
            if (recorded.event() instanceof BoardDefined event) {
                linked = device.value().equals(event.definition().deviceId());
            } else if (linked && recorded.event() instanceof BoardEvent event && isOfReservations(event)) {
                stays.add(recorded);
            }
        }
        return stays;
    }

    private static boolean isOfReservations(BoardEvent event) {
        return switch (event) {
            case BoardReserved e -> true;
            case BoardHandedOver e -> true;
            case PreparationFailed e -> true;
            case SetupScriptRan e -> true;
            case ReservationExtended e -> true;
            case ReservationShared e -> true;
            case ReleaseStarted e -> true;
            case ReleaseFailed e -> true;
            case BoardFreed e -> true;
            default -> false;
        };
    }
}
