package dev.muster.updates.view;

import dev.muster.kernel.Recorded;
import dev.muster.overview.view.ViewCollection;
import dev.muster.overview.view.ViewKey;
import dev.muster.overview.view.ViewProjection;
import dev.muster.overview.view.Views;
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
import dev.muster.updates.ActionEvent.ActionProgressed;
import dev.muster.updates.ActionEvent.ActionRetrieved;
import dev.muster.updates.ActionEvent.AutoConfirmActivated;
import dev.muster.updates.ActionEvent.AutoConfirmDeactivated;
import dev.muster.updates.ActionEvent.CancelProgressed;
import dev.muster.updates.ActionEvent.CancelRejected;
import dev.muster.updates.ActionEvent.DeviceHeldBack;
import dev.muster.updates.ActionEvent.DeviceLetGo;
import dev.muster.updates.ActionEvent.InstalledDeclared;
import dev.muster.updates.ActionEvent.OtherVersionReported;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.ActionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every action with its newest status entries, in collection {@code actions} under {@code <deviceId>/<action>}. */
public final class ActionsProjection implements ViewProjection {

    static final ViewCollection<ActionView> ACTIONS = new ViewCollection<>("actions", ActionView.class);

    @Override
    public String name() {
        return "actions";
    }

    @Override
    public List<ViewCollection<?>> collections() {
        return List.of(ACTIONS);
    }

    @Override
    public @Nullable String sequence(Recorded recorded) {
        return recorded.event() instanceof ActionEvent event ? id(event) : null;
    }

    @Override
    public List<ViewKey> needs(Recorded recorded) {
        if (!(recorded.event() instanceof ActionEvent event)) {
            return List.of();
        }
        String id = id(event);
        return id == null ? List.of() : List.of(ACTIONS.key(id));
    }

    @Override
    public void fold(Recorded recorded, Views views) {
        if (recorded.event() instanceof ActionEvent event) {
            String id = id(event);
            if (id != null) {
                views.change(ACTIONS, id, before -> ActionStory.after(before, event, recorded.at()));
            }
        }
    }

    private static @Nullable String id(ActionEvent event) {
        Integer action =
                switch (event) {
                    case ActionAssigned e -> (Integer) e.action();
                    case ActionConfirmed e -> (Integer) e.action();
                    case ActionDenied e -> (Integer) e.action();
                    case ActionRetrieved e -> (Integer) e.action();
                    case ActionProgressed e -> (Integer) e.action();
                    case ActionInstalled e -> (Integer) e.action();
                    case OtherVersionReported e -> (Integer) e.action();
                    case ActionFinished e -> (Integer) e.action();
                    case RetryGivenUp e -> (Integer) e.action();
                    case ActionFailed e -> (Integer) e.action();
                    case ActionDownloaded e -> (Integer) e.action();
                    case ActionCancelRequested e -> (Integer) e.action();
                    case CancelProgressed e -> (Integer) e.action();
                    case CancelRejected e -> (Integer) e.action();
                    case ActionCanceled e -> (Integer) e.action();
                    case InstalledDeclared e -> (Integer) e.action();
                    case AutoConfirmActivated e -> null;
                    case AutoConfirmDeactivated e -> null;
                    case DeviceHeldBack e -> null;
                    case DeviceLetGo e -> null;
                };
        return action == null ? null : id(event.deviceId(), action);
    }

    static String id(DeviceId deviceId, int action) {
        return deviceId.value() + "/" + action;
    }
}
