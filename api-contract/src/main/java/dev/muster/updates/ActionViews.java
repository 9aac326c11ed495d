package dev.muster.updates;

import dev.muster.registry.DeviceId;
import java.util.Collection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks the actions view. Answers lag behind the log; wait with {@link dev.muster.kernel.Positions#viewed} to see one's own. */
public interface ActionViews {

    Mono<ActionView> find(DeviceId deviceId, int action);

    /** Those of the given numbers that exist, oldest first. */
    Flux<ActionView> find(DeviceId deviceId, Collection<Integer> actions);
}
