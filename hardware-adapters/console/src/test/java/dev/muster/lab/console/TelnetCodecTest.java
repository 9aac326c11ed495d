package dev.muster.lab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelnetCodecTest implements TelnetCodec.Listener {

    private static final HexFormat HEX = HexFormat.of();

    private final List<Boolean> comPort = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final TelnetCodec codec = new TelnetCodec(this);

    @Override
    public void comPort(boolean accepted) {
        comPort.add(accepted);
    }

    @Override
    public void comPortSays(byte[] body) {
        said.add(HEX.formatHex(body));
    }

    @Test
    void itBeginsWithWhatASerialLineNeeds() {
        assertThat(codec.greeting()).isEqualTo(HEX.parseHex("fffb2cfffb00fffb03fffd00fffd03"));
    }

    @ParameterizedTest
    @CsvSource({
        // plain, escaped 255, no operation, go ahead
        "68656c6c6f, 68656c6c6f, ''",
        "41ffff42, 41ff42, ''",
        "41fff142fff943, 414243, ''",
        // carriage returns outside of binary: with NUL, with newline, and a NUL on its own
        "410d0042, 410d42, ''",
        "410d0a42, 410d0a42, ''",
        "410042, 410042, ''",
        // accepts of what was asked are not answered
        "fffd2cfffd00fffd03fffb00fffb03, '', ''",
        // declines of what was asked are not answered
        "fffe2cfffe00fffc00, '', ''",
        // the far end may echo, once agreed it is not answered again
        "fffb01fffb01, '', fffd01",
        // unknown options are declined
        "fffd18fffb22, '', fffc18fffe22",
        // subnegotiations of others are skipped, with an escaped 255 in them
        "41fffa1801fffffff042, 4142, ''"
    })
    void vectors(String wire, String data, String answer) {
        codec.greeting();

        assertThat(decode(HEX.parseHex(wire))).isEqualTo(HEX.parseHex(data));
        assertThat(answers.toByteArray()).isEqualTo(HEX.parseHex(answer));
    }

    @Test
    void vectorsMayBeCutAnywhere() {
        codec.greeting();
        byte[] wire = HEX.parseHex(
                "41fffd2cfffb00fffd00" + "42ffff43" + "fffa2c65000025fffffff0" + "fffa2c6500fffffffffff0" + "44");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (byte octet : wire) {
            data.writeBytes(decode(new byte[] {octet}));
        }

        assertThat(data.toByteArray()).isEqualTo(HEX.parseHex("4142ff4344"));
        assertThat(comPort).containsExactly(true);
        assertThat(said).containsExactly("65000025ff", "6500ffff");
    }

    @Test
    void aRateWith255InItIsEscaped() {
        assertThat(TelnetCodec.comPort(1, HEX.parseHex("0001c200"))).isEqualTo(HEX.parseHex("fffa2c010001c200fff0"));
        assertThat(TelnetCodec.comPort(1, HEX.parseHex("0000ff01"))).isEqualTo(HEX.parseHex("fffa2c010000ffff01fff0"));
    }

    @Test
    void dataIsEscapedAndCarriageReturnsArePaddedUntilBinaryIsAgreed() {
        codec.greeting();
        byte[] bytes = HEX.parseHex("410dff0a");

        assertThat(codec.encode(bytes, 0, 4)).isEqualTo(HEX.parseHex("410d00ffff0a"));
        decode(HEX.parseHex("fffd00"));
        assertThat(codec.encode(bytes, 1, 2)).isEqualTo(HEX.parseHex("0dffff"));
    }

    @Test
    void inBinaryANulBehindACarriageReturnIsData() {
        codec.greeting();
        decode(HEX.parseHex("fffb00"));

        assertThat(decode(HEX.parseHex("0d00"))).isEqualTo(HEX.parseHex("0d00"));
    }

    @Test
    void aServerThatDeclinesIsHeard() {
        codec.greeting();
        decode(HEX.parseHex("fffe2c"));

        assertThat(comPort).containsExactly(false);
    }

    @Test
    void anEndlessSubnegotiationIsForgotten() {
        byte[] much = new byte[100_000];
        Arrays.fill(much, (byte) 'x');
        assertThat(decode(HEX.parseHex("fffa2c65"))).isEmpty();
        assertThat(decode(much)).isEmpty();
        assertThat(decode(HEX.parseHex("fff041"))).isEqualTo(HEX.parseHex("41"));
        assertThat(said).isEmpty();
    }

    @Test
    void aCommandInsideASubnegotiationEndsIt() {
        assertThat(decode(HEX.parseHex("fffa2c65fffd184142"))).isEqualTo("AB".getBytes(StandardCharsets.US_ASCII));
        assertThat(said).isEmpty();
        assertThat(answers.toByteArray()).isEqualTo(HEX.parseHex("fffc18"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void hostileBytesNeitherBreakItNorMakeItTalkative(long seed) {
        Random random = new Random(seed);
        byte[] interesting = HEX.parseHex("fffefdfcfbfaf0f100012c030d6564");
        codec.greeting();
        long fed = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] wire = new byte[random.nextInt(300)];
            for (int i = 0; i < wire.length; i++) {
                wire[i] = random.nextBoolean()
                        ? interesting[random.nextInt(interesting.length)]
                        : (byte) random.nextInt(256);
            }
            fed += wire.length;
            assertThat(decode(wire).length).isLessThanOrEqualTo(wire.length);
        }
        assertThat((long) answers.size()).isLessThanOrEqualTo(fed);
        assertThat(said).allSatisfy(body -> assertThat(body.length()).isBetween(2, 512));
    }

    @Test
    void whatIsEncodedIsDecodedToTheSame() {
        byte[] bytes = new byte[100_000];
        new Random(3).nextBytes(bytes);
        TelnetCodec far = new TelnetCodec(this);
        byte[] wire = far.encode(bytes, 0, bytes.length);
        byte[] data = new byte[wire.length];
        int length = codec.decode(wire, wire.length, data, answers);

        assertThat(Arrays.copyOf(data, length)).isEqualTo(bytes);
    }

    private byte[] decode(byte[] wire) {
        byte[] data = new byte[wire.length];
        int length = codec.decode(wire, wire.length, data, answers);
        return Arrays.copyOf(data, length);
    }
}
