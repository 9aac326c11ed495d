package dev.muster.server;

import dev.muster.kernel.Refused;
import dev.muster.store.StoreFault;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;

/** Why a server did not start, for those who can mend it. */
public final class StartFailure {

    private StartFailure() {}

    /** One line for what an operator can mend; null for what is a fault of ours, which is told with all that is known. */
    public static @Nullable String reason(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            switch (t) {
                case PortInUseException taken -> {
                    return "port " + taken.getPort() + " is taken; stop what uses it or choose another with --port";
                }
                case BindException unbound -> {
                    return setting(unbound);
                }
                case StoreFault fault -> {
                    return fault.getMessage();
                }
                case Refused refused -> {
                    return refused.getMessage();
                }
                default -> {}
            }
        }
        return null;
    }

    private static String setting(BindException unbound) {
        ConfigurationProperty property = unbound.getProperty();
        String what = property == null
                ? "setting " + unbound.getName()
                : "setting " + property.getName() + " cannot be '" + property.getValue() + "'";
        return what + ": " + innermost(unbound).getMessage();
    }

    private static Throwable innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
