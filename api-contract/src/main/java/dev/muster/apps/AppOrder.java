package dev.muster.apps;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a device's agent is told about one app: computed from what is wanted and what was reported, and nothing else.
 *
 * @param current where the agent begins when it does not know the app
 * @param target where it should go
 * @param requestor account in whose name it is pulled
 * @param owner account of whoever enrolled the device
 * @param release what the device has, or is to have when it has none; null when nobody knows
 * @param newRelease what it reports after an update
 * @param presentVersion what is to run until an update is done
 * @param newestVersion what to update to
 * @param update whether to exchange the release
 * @param cancel whether to call off what is under way
 * @param environmentTemplate a JSON object
 * @param ports as they should be, with what the device made of them: it keeps nothing of that for itself
 * @param portsAsked as they should be, and no more
 * @param compose a JSON object; null for a single image
 * @param newCompose what to exchange it for
 */
public record AppOrder(
        AppKey app,
        AppName name,
        AppStage stage,
        AppState current,
        AppState target,
        long requestor,
        long owner,
        @Nullable ReleaseKey release,
        @Nullable ReleaseKey newRelease,
        String presentVersion,
        String newestVersion,
        boolean update,
        boolean cancel,
        SortedMap<String, WantedApp.Value> environment,
        String environmentTemplate,
        List<PortRule> ports,
        List<PortRule> portsAsked,
        @Nullable String compose,
        @Nullable String newCompose,
        int credentialEpoch) {

    public AppOrder {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        ports = List.copyOf(ports);
        portsAsked = List.copyOf(portsAsked);
    }

    /**
     * Null when there is nothing to say: the app is not wanted and not there, or there is no release that could come.
     *
     * @param wanted null when nobody says how it should be
     */
    public static @Nullable AppOrder of(
            AppCatalogue.App app, @Nullable WantedApp wanted, ReportedApp reported, AppAgents.AppAgent agent) {
        if (reported.stage() == AppStage.DEV) {
            return new Draft(app, null, reported, agent).ofSources();
        }
        Draft draft = new Draft(app, wanted, reported, agent);
        return wanted == null || !wanted.target().wantsIt() ? draft.leaving() : draft.staying(wanted);
    }

    /** The release that is wanted and can come; null when nothing is wanted, or there is none. */
    public static AppCatalogue.@Nullable Release release(
            AppCatalogue.App app, @Nullable WantedApp wanted, ReportedApp reported, AppAgents.AppAgent agent) {
        if (wanted == null || !wanted.target().wantsIt()) {
            return null;
        }
        String architecture = agent.system().architecture();
        String version = wanted.version();
        if (version == null) {
            return newest(app, reported, architecture);
        }
        AppCatalogue.Release pinned = app.release(version);
        if (pinned == null || !pinned.runsOn(architecture)) {
            return null;
        }
        // Taken back: who has it keeps it, nobody else gets it.
        return pinned.yanked() == null || pinned.key().equals(reported.release()) ? pinned : null;
    }

    /**
     * Who runs one that was taken back keeps it until a later one comes: to take back is not to go back. Where it
     * failed there is nothing to keep.
     */
    private static AppCatalogue.@Nullable Release newest(
            AppCatalogue.App app, ReportedApp reported, String architecture) {
        AppCatalogue.Release newest = app.newest(architecture);
        boolean isKept = reported.isThere() && reported.state() != AppState.FAILED;
        ReleaseKey key = isKept ? reported.release() : null;
        AppCatalogue.Release has = key == null ? null : app.release(key);
        boolean keeps = has != null
                && has.yanked() != null
                && (newest == null
                        || app.releases().indexOf(newest) < app.releases().indexOf(has));
        return keeps ? has : newest;
    }

    /** The same, calling off what is under way: an update ends where it began, everything else with nothing there. */
    public AppOrder calledOff() {
        AppState rest = current == AppState.UPDATING ? AppState.PRESENT : AppState.REMOVED;
        return new AppOrder(
                app,
                name,
                stage,
                current,
                rest,
                requestor,
                owner,
                release,
                newRelease,
                presentVersion,
                newestVersion,
                false,
                true,
                environment,
                environmentTemplate,
                ports,
                portsAsked,
                compose,
                newCompose,
                credentialEpoch);
    }

    /**
     * Whether it asks for the same: where the device is on its way, and what it published its ports as, is its own
     * affair and no reason to tell it again.
     */
    public boolean asksSameAs(AppOrder other) {
        return asked().equals(other.asked());
    }

    private AppOrder asked() {
        return new AppOrder(
                app,
                name,
                stage,
                AppState.UNINSTALLED,
                target,
                requestor,
                owner,
                release,
                newRelease,
                presentVersion,
                newestVersion,
                update,
                cancel,
                environment,
                environmentTemplate,
                portsAsked,
                portsAsked,
                compose,
                newCompose,
                credentialEpoch);
    }

    /** What is the same for every answer about one app on one device. */
    private record Draft(
            AppCatalogue.App app, @Nullable WantedApp wanted, ReportedApp reported, AppAgents.AppAgent agent) {

        /** Built from sources there: it is only told so that it is not taken for a stray. */
        @Nullable
        AppOrder ofSources() {
            AppState state = reported.state();
            if (state == null || state.isGone()) {
                return null;
            }
            ReportedApp.Held held = reported.held();
            boolean removed = held != null && held.removes();
            return order(removed ? AppState.REMOVED : state.settled(), null, null, false);
        }

        /** Not wanted: what is there goes, and goes by name, for an agent drops what it is not told about unasked. */
        @Nullable
        AppOrder leaving() {
            boolean said = wanted != null && reported.state() != null;
            if (!said && !reported.isThere()) {
                return null;
            }
            AppState target = wanted == null
                    ? AppState.UNINSTALLED
                    : AppState.valueOf(wanted.target().name());
            AppCatalogue.Release has = has();
            return order(target, has, has, false);
        }

        @Nullable
        AppOrder staying(WantedApp wish) {
            AppCatalogue.Release next = release(app, wish, reported, agent);
            AppCatalogue.Release has = has();
            AppState target = AppState.valueOf(wish.target().name());
            if (next == null) {
                // None that could come. What is there stays as it is, told with what is known of it.
                return reported.isThere() ? order(target, has, has, false) : null;
            }
            ReportedApp.Held held = reported.held();
            boolean off = held != null && held.concerns(next.key());
            if (off && held != null && held.removes()) {
                return order(AppState.REMOVED, next, next, false);
            }
            if (!reported.isThere()) {
                // An agent goes on to report the release that an app had before it went, unless another one comes as an
                // update.
                boolean hadOther = has != null && !has.key().equals(next.key());
                return hadOther ? order(target, has, next, !off) : order(target, next, next, false);
            }
            if (has == null) {
                // It has something that nobody knows here: its agent compares versions and knows whether to exchange
                // it.
                return order(target, next, next, !off);
            }
            boolean other = !has.key().equals(next.key());
            return order(target, has, next, other && !off);
        }

        /** What it said to have, where the catalogue knows it. */
        private AppCatalogue.@Nullable Release has() {
            ReleaseKey key = reported.release();
            return key == null ? null : app.release(key);
        }

        private AppOrder order(
                AppState target,
                AppCatalogue.@Nullable Release present,
                AppCatalogue.@Nullable Release next,
                boolean update) {
            AppState state = reported.state();
            List<PortRule> asked = WantedApp.portsOver(app.face().ports(), wanted == null ? List.of() : wanted.ports());
            return new AppOrder(
                    app.key(),
                    app.name(),
                    reported.stage(),
                    state == null ? AppState.UNINSTALLED : state,
                    target,
                    wanted == null ? agent.account() : wanted.account(),
                    agent.account(),
                    present == null ? reported.release() : present.key(),
                    next == null ? reported.release() : next.key(),
                    present == null ? "" : present.version(),
                    next == null ? "" : next.version(),
                    update,
                    false,
                    wanted == null ? new TreeMap<>() : wanted.environment(),
                    app.face().environmentTemplate(),
                    asked.stream().map(this::published).toList(),
                    asked,
                    present == null ? null : present.compose(),
                    next == null ? null : next.compose(),
                    reported.credentialEpoch());
        }

        private PortRule published(PortRule rule) {
            return reported.ports().stream()
                    .filter(rule::isSameAs)
                    .findFirst()
                    .map(rule::asPublished)
                    .orElse(rule);
        }
    }
}
