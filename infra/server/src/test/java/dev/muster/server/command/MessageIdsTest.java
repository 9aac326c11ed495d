package dev.muster.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.common.IdentifierFactory;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    @Test
    void axonFindsThem() {
        assertThat(IdentifierFactory.getInstance()).isInstanceOf(MessageIds.class);
    }

    @Test
    void noTwoAreEqualAlsoWhenManyThreadsAsk() {
        MessageIds ids = new MessageIds();
        int count = 200_000;

        Set<String> drawn = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> ids.generateIdentifier())
                .collect(Collectors.toSet());

        assertThat(drawn).hasSize(count);
        assertThat(drawn)
                .allSatisfy(id -> assertThat(UUID.fromString(id).version()).isEqualTo(8));
    }
}
