package dev.muster.updates.query;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionView;
import dev.muster.updates.ActionViews;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Actions from the view store, by key only, with what the words in them mean. That one is tried again is said while it
 * is its device's newest: with the next try, which the action's own story does not tell, that is over.
 */
public final class MongoActionViews implements ActionViews {

    private static final String ACTIONS = "actions";

    private final ViewReads views;
    private final FleetIndex fleet;

    public MongoActionViews(ViewReads views, FleetIndex fleet) {
        this.views = views;
        this.fleet = fleet;
    }

    @Override
    public Mono<ActionView> find(DeviceId deviceId, int action) {
        return views.find(ACTIONS, id(deviceId, action), ActionView.class).map(seen -> told(seen.view()));
    }

    @Override
    public Flux<ActionView> find(DeviceId deviceId, Collection<Integer> actions) {
        if (actions.isEmpty()) {
            return Flux.empty();
        }
        List<String> ids = actions.stream().map(action -> id(deviceId, action)).toList();
        return views.find(ACTIONS, ids, ActionView.class)
                .map(this::told)
                .sort(Comparator.comparingInt(ActionView::action));
    }

    /** Actions of many devices at once, in no order. */
    Flux<ActionView> find(List<ActionKey> keys) {
        return keys.isEmpty()
                ? Flux.empty()
                : views.find(
                        ACTIONS,
                        keys.stream()
                                .map(key -> id(key.deviceId(), key.action()))
                                .toList(),
                        ActionView.class);
    }

    private ActionView told(ActionView view) {
        return ActionMeanings.told(view, view.retryAt() != null && fleet.isNewest(view.deviceId(), view.action()));
    }

    /** One action of one device. */
    record ActionKey(DeviceId deviceId, int action) {}

    private static String id(DeviceId deviceId, int action) {
        return deviceId.value() + "/" + action;
    }
}
