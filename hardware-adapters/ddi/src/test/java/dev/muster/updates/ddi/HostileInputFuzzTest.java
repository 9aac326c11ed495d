package dev.muster.updates.ddi;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.files.ByteRanges;
import dev.muster.files.FileHeaders;
import java.util.List;

/** Whatever comes over the wire is read or refused; nothing else happens. */
class HostileInputFuzzTest {

    @FuzzTest
    void aPathIsReadOrRefused(String path) {
        String whole = "/T/controller/v1/" + path;
        try {
            DevicePath parsed = DevicePath.of(whole);
            if (parsed.device().indexOf('/') >= 0 || parsed.device().indexOf('\\') >= 0) {
                throw new AssertionError("a separator got through: " + path);
            }
        } catch (DdiFailure refused) {
            if (refused.status() != 400) {
                throw refused;
            }
        }
    }

    @FuzzTest
    void aBodyIsReadOrRefused(byte[] body) {
        for (Media media : List.of(Media.JSON, Media.CBOR)) {
            try {
                Reports.feedback(Bodies.parsed(media, body), 50);
            } catch (DdiFailure refused) {
                if (refused.status() != 400 && refused.status() != 429) {
                    throw refused;
                }
            }
            try {
                Reports.attributes(Bodies.parsed(media, body));
            } catch (DdiFailure refused) {
                if (refused.status() != 400) {
                    throw refused;
                }
            }
        }
    }

    @FuzzTest
    void rangesStayWithinTheFile(String header) {
        List<ByteRanges.Piece> pieces = ByteRanges.parse("bytes=" + header, 5120, 256);
        if (pieces == null) {
            return;
        }
        long end = -1;
        for (ByteRanges.Piece piece : pieces) {
            if (piece.first() <= end || piece.last() < piece.first() || piece.last() >= 5120) {
                throw new AssertionError("a piece lies outside: " + piece);
            }
            end = piece.last();
        }
    }

    @FuzzTest
    void acceptNeverFails(String header) {
        if (header == null) {
            return;
        }
        Media.accepted(header);
        Media.ofBody(header);
        ClientAddress.forwarded(header);
        FileHeaders.disposition(header);
    }
}
