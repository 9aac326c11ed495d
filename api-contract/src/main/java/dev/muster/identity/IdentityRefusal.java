package dev.muster.identity;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Every way in which identity says no. */
public enum IdentityRefusal implements RefusalCode {
    NOT_SIGNED_IN(
            "identity.not-signed-in", Refusal.Kind.UNAUTHENTICATED, "Send 'Authorization: Bearer <token>' or sign in."),
    WRONG_CREDENTIALS("identity.wrong-credentials", Refusal.Kind.UNAUTHENTICATED, "Check name and password."),
    NOT_ALLOWED("identity.not-allowed", Refusal.Kind.FORBIDDEN, "Ask an administrator for the permission named here."),
    CSRF_MISSING(
            "identity.csrf-missing", Refusal.Kind.FORBIDDEN, "Send the XSRF-TOKEN cookie's value as X-XSRF-TOKEN."),
    USER_DISABLED(
            "identity.user-disabled", Refusal.Kind.UNAUTHENTICATED, "Ask an administrator to enable the account."),
    TOO_MANY_ATTEMPTS("identity.too-many-attempts", Refusal.Kind.LIMIT_REACHED, "Wait a minute and try again."),
    LIMIT_REACHED("identity.limit-reached", Refusal.Kind.LIMIT_REACHED, "Remove what is no longer needed first."),
    USER_UNKNOWN("identity.user-unknown", Refusal.Kind.NOT_FOUND, null),
    USER_EXISTS("identity.user-exists", Refusal.Kind.CONFLICT, "Choose another user name."),
    USER_NAME_INVALID(
            "identity.user-name-invalid",
            Refusal.Kind.INVALID,
            "Use 1 to 255 characters without white space at the ends."),
    PASSWORD_WEAK("identity.password-weak", Refusal.Kind.INVALID, "Use 12 to 256 characters."),
    LAST_ADMIN("identity.last-admin", Refusal.Kind.CONFLICT, "Make another user admin first."),
    ROLE_UNKNOWN(
            "identity.role-unknown",
            Refusal.Kind.INVALID,
            "Roles: viewer, operator, release-manager, auditor, lab-user, lab-admin, app-developer, admin."),
    SCOPE_UNKNOWN(
            "identity.scope-unknown",
            Refusal.Kind.INVALID,
            "See /api/v1/permissions; a scope of one view looks like registry:read:network/observe-device."),
    SCOPE_TOO_WIDE(
            "identity.scope-too-wide",
            Refusal.Kind.FORBIDDEN,
            "A token cannot do more than who makes it, and never administers users."),
    TOKEN_UNKNOWN("identity.token-unknown", Refusal.Kind.NOT_FOUND, null),
    TOKEN_INVALID("identity.token-invalid", Refusal.Kind.INVALID, "Name 1 to 100 characters, life at most 365 days."),
    SETUP_CLOSED("identity.setup-closed", Refusal.Kind.FORBIDDEN, "The first administrator exists already."),
    SETUP_LINK_INVALID(
            "identity.setup-link-invalid", Refusal.Kind.FORBIDDEN, "Use the link printed at the first start.");

    private final Meaning meaning;

    IdentityRefusal(String code, Refusal.Kind kind, @Nullable String hint) {
        this.meaning = new Meaning(code, kind, hint);
    }

    @Override
    public Meaning meaning() {
        return meaning;
    }
}
