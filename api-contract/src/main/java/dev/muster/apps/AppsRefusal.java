package dev.muster.apps;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Every way in which the apps capability says no. */
public enum AppsRefusal implements RefusalCode {
    KEY_INVALID("apps.key-invalid", Refusal.Kind.INVALID, null),
    PROJECT_UNKNOWN("apps.project-unknown", Refusal.Kind.NOT_FOUND, "Make the project first, or use main."),
    PROJECT_EXISTS("apps.project-exists", Refusal.Kind.CONFLICT, "Choose another name."),
    PROJECT_INVALID("apps.project-invalid", Refusal.Kind.INVALID, "Names have 1 to 128 printable characters."),
    /** Details {@code agents}: how many are in it, or {@code apps}: of how many it says something. */
    PROJECT_IN_USE(
            "apps.project-in-use",
            Refusal.Kind.CONFLICT,
            "Move its devices to another project first, and take back what it says about apps."),
    AGENT_UNKNOWN("apps.agent-unknown", Refusal.Kind.NOT_FOUND, "Enrol the device first."),
    AGENT_ENROLLED(
            "apps.agent-enrolled",
            Refusal.Kind.CONFLICT,
            "Its file was shown once; issue a new secret to get another."),
    /** No session of the device is open. */
    AGENT_OFFLINE(
            "apps.agent-offline", Refusal.Kind.CONFLICT, "Wait for the device to come back; wishes reach it then."),
    /** The device's agent answered with an error; the message has its words. */
    AGENT_FAILED("apps.agent-failed", Refusal.Kind.UNPROCESSABLE, null),
    /** The device's agent took the call and did not answer in time. */
    AGENT_SILENT("apps.agent-silent", Refusal.Kind.UNAVAILABLE, "Try again; look at the device's own log."),
    /** The device's agent answered something that is no answer to this. */
    AGENT_ODD("apps.agent-odd", Refusal.Kind.UNPROCESSABLE, "Look at the agent's version."),
    REPORT_INVALID("apps.report-invalid", Refusal.Kind.INVALID, null),
    APP_NAME_INVALID(
            "apps.app-name-invalid",
            Refusal.Kind.INVALID,
            "Use at most 63 lower-case letters, digits and single dashes between them."),
    APP_UNKNOWN("apps.app-unknown", Refusal.Kind.NOT_FOUND, "Make the app first."),
    APP_EXISTS("apps.app-exists", Refusal.Kind.CONFLICT, "Choose another name."),
    APP_INVALID("apps.app-invalid", Refusal.Kind.INVALID, null),
    /** Details {@code places}: where it is wanted, or {@code rollouts} that bring it; at most 20. */
    APP_IN_USE(
            "apps.app-in-use", Refusal.Kind.CONFLICT, "Take it from where it is wanted first, and end its rollouts."),
    RELEASE_UNKNOWN("apps.release-unknown", Refusal.Kind.NOT_FOUND, "Choose a version from the app's releases."),
    RELEASE_EXISTS("apps.release-exists", Refusal.Kind.CONFLICT, "A version is released once; choose a higher one."),
    RELEASE_INVALID("apps.release-invalid", Refusal.Kind.INVALID, null),
    RELEASE_YANKED("apps.release-yanked", Refusal.Kind.CONFLICT, "Choose a release that was not taken back."),
    TOO_MANY_RELEASES("apps.too-many-releases", Refusal.Kind.LIMIT_REACHED, null),
    PLACE_INVALID("apps.place-invalid", Refusal.Kind.INVALID, "Places are a project, a group, and a device."),
    WISH_INVALID("apps.wish-invalid", Refusal.Kind.INVALID, null),
    /** The app is neither wanted there nor reported from there. */
    NOT_INSTALLED("apps.not-installed", Refusal.Kind.NOT_FOUND, "Say first that the device should have the app."),
    /** There is nothing under way that could be called off. */
    NOTHING_UNDER_WAY("apps.nothing-under-way", Refusal.Kind.CONFLICT, null),
    ROLLOUT_UNKNOWN("apps.rollout-unknown", Refusal.Kind.NOT_FOUND, null),
    ROLLOUT_EXISTS("apps.rollout-exists", Refusal.Kind.CONFLICT, null),
    ROLLOUT_INVALID("apps.rollout-invalid", Refusal.Kind.INVALID, null),
    ROLLOUT_STATE(
            "apps.rollout-state",
            Refusal.Kind.CONFLICT,
            "Look at the rollout's state; not every step is possible in it."),
    ROLLOUT_EMPTY("apps.rollout-empty", Refusal.Kind.UNPROCESSABLE, "Choose a filter that matches enrolled devices."),
    /** Details {@code rollouts}: ids of those under way with some of the same devices. */
    ROLLOUT_OVERLAPS(
            "apps.rollout-overlaps",
            Refusal.Kind.CONFLICT,
            "Wait for the other rollout of this app, abort it, or choose other devices.");

    private final Meaning meaning;

    AppsRefusal(String code, Refusal.Kind kind, @Nullable String hint) {
        this.meaning = new Meaning(code, kind, hint);
    }

    @Override
    public Meaning meaning() {
        return meaning;
    }
}
