package dev.muster;

import dev.muster.server.MusterSettings;
import dev.muster.server.OfflineTools;
import dev.muster.server.StartFailure;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

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
            String reason = StartFailure.reason(e);
            if (reason == null) {
                // Thrown on, it would be taken for one that Spring has logged already, and nobody would see it.
                e.printStackTrace();
            } else {
                System.err.println("muster: " + reason);
            }
            System.exit(FAILED);
        }
    }
}
