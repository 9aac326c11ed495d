package dev.muster;

import dev.muster.kernel.Refused;
import dev.muster.server.MusterSettings;
import dev.muster.server.OfflineTools;
import dev.muster.store.StoreFault;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.PortInUseException;

/** One process with everything: {@code muster up}. With {@code events …} or {@code backup …} a tool on a stopped store. */
@SpringBootApplication(scanBasePackages = "dev.muster.server")
@EnableConfigurationProperties(MusterSettings.class)
public class Muster {

    private static final int FAILED = 1;

    public static void main(String[] args) {
        if (args.length > 0 && OfflineTools.knows(args[0])) {
            System.exit(OfflineTools.run(args, System.out, System.err));
        }
        try {
            new SpringApplication(Muster.class).run(args);
        } catch (RuntimeException e) {
            String reason = reason(e);
            if (reason == null) {
                throw e;
            }
            System.err.println("muster: " + reason);
            System.exit(FAILED);
        }
    }

    /** One line for what an operator can mend; null for what is a fault of ours. */
    private static @Nullable String reason(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof PortInUseException taken) {
                return "port " + taken.getPort() + " is taken; stop what uses it or choose another with --port";
            }
            if (t instanceof StoreFault || t instanceof Refused) {
                return t.getMessage();
            }
        }
        return null;
    }
}
