package dev.muster.apps;

import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * What a device's agent is told, in its own words ({@link AppOrderWire}).
 *
 * <p>An agent removes every app it is not told about when it starts. So a list that is too short destroys: whatever keeps
 * this from knowing all is an error, never a shorter list.
 */
public interface AppOrders {

    /**
     * Everything the device is to know. Empty only when memory has read the whole log, the device is enrolled, no place
     * of its wants anything of it and it has reported nothing that would still be there. Refused with
     * {@link AppsRefusal#AGENT_UNKNOWN} and {@link dev.muster.kernel.KernelRefusal#NOT_CAUGHT_UP}.
     */
    Mono<List<Map<String, Object>>> all(DeviceId device);

    /**
     * What it is to know about one app now; empty when there is nothing to say.
     *
     * @param callOff to end what is under way
     */
    Mono<Map<String, Object>> one(DeviceId device, AppKey app, AppStage stage, boolean callOff);
}
