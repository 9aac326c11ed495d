package dev.muster.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.BoardOption;
import dev.muster.lab.EtherPorts.Ether;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtherInterfacesTest {

    @TempDir
    Path base;

    @Test
    void carrierIsWhatTheKernelSays() throws Exception {
        shows("awg0.103", "1\n");
        shows("awg0.104", "0\n");

        assertThat(ether("awg0.103")).isEqualTo(new Ether("awg0.103", true, true));
        assertThat(ether("awg0.104")).isEqualTo(new Ether("awg0.104", true, false));
    }

    @Test
    void anInterfaceThatIsDownHasNoKnownCarrier() throws Exception {
        Files.createDirectory(base.resolve("eth9"));
        shows("eth8", "what\n");

        assertThat(ether("eth9")).isEqualTo(new Ether("eth9", true, null));
        assertThat(ether("eth8")).isEqualTo(new Ether("eth8", true, null));
    }

    @Test
    void anInterfaceThatWentAwayIsNotPresent() {
        assertThat(ether("gone0")).isEqualTo(new Ether("gone0", false, null));
    }

    @Test
    void aNameNeverLeadsElsewhere() throws Exception {
        Files.createDirectory(base.resolve("sub"));
        shows("eth0", "1\n");

        for (String name : List.of("..", ".", "sub/../eth0", "/etc", "a-name-of-sixteen", "")) {
            assertThat(ether(name)).as(name).isEqualTo(new Ether(name, false, null));
        }
    }

    @Test
    void aBoardWithoutOneHasNone() {
        EtherInterfaces interfaces = new EtherInterfaces(base);

        assertThat(interfaces.of(Scripts.board("plain"))).isNull();
        assertThat(interfaces.of(Scripts.board("nameless", new BoardOption("etheriface", Map.of()))))
                .isNull();
    }

    @Test
    void theLoopbackOfThisMachineIsUp() {
        assertThat(new EtherInterfaces(EtherInterfaces.LINUX)
                        .of(Scripts.board("b", new BoardOption("etheriface", Map.of("val", "lo")))))
                .extracting(Ether::present)
                .isEqualTo(true);
    }

    private void shows(String name, String carrier) throws Exception {
        Files.writeString(Files.createDirectory(base.resolve(name)).resolve("carrier"), carrier);
    }

    private Ether ether(String name) {
        return new EtherInterfaces(base).of(Scripts.board("b", new BoardOption("etheriface", Map.of("val", name))));
    }
}
