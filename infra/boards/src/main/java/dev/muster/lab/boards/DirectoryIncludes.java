package dev.muster.lab.boards;

import dev.muster.lab.boards.ucl.Includes;
import dev.muster.lab.boards.ucl.Shown;
import dev.muster.lab.boards.ucl.UclSource;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Includes files that are in a directory or below it. Paths are compared as they really are, so neither {@code ..} nor a
 * link leads out; whether anything exists elsewhere is not even looked at.
 */
final class DirectoryIncludes implements Includes {

    private static final int MATCHES_MAX = 256;
    private static final int ENTRIES_MAX = 10_000;

    private final Path root;
    private final int sizeMax;

    /**
     * @param root as it really is, without links
     * @param sizeMax bytes of a file
     */
    DirectoryIncludes(Path root, int sizeMax) {
        this.root = root;
        this.sizeMax = sizeMax;
    }

    @Override
    public List<UclSource> find(UclSource from, String path, boolean pattern) throws NotAllowed {
        Path wanted = inside(from, path);
        List<UclSource> found = new ArrayList<>();
        for (Path each : pattern ? matching(wanted) : existing(wanted)) {
            found.add(source(each));
        }
        return found;
    }

    private Path inside(UclSource from, String path) throws NotAllowed {
        String including = from.file();
        Path directory = including == null ? root : Path.of(including).getParent();
        Path wanted;
        try {
            wanted = (directory == null ? root : directory).resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new NotAllowed("This is no path.");
        }
        if (!wanted.startsWith(root) || wanted.equals(root)) {
            throw new NotAllowed("Only files beside the configured file or below can be included.");
        }
        return wanted;
    }

    private static List<Path> existing(Path wanted) {
        return Files.exists(wanted) ? List.of(wanted) : List.of();
    }

    private List<Path> matching(Path wanted) throws NotAllowed {
        Path directory = wanted.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        requireInside(directory);
        List<Path> matches = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + wanted.getFileName());
            int seen = 0;
            for (Path entry : entries) {
                if (++seen > ENTRIES_MAX || matches.size() > MATCHES_MAX) {
                    throw new NotAllowed("There are too many files in the directory of this pattern.");
                }
                if (matcher.matches(entry.getFileName()) && Files.isRegularFile(entry)) {
                    matches.add(entry);
                }
            }
        } catch (PatternSyntaxException e) {
            throw new NotAllowed("This is no pattern.");
        } catch (IOException | DirectoryIteratorException e) {
            throw new NotAllowed("The directory of this pattern cannot be read.");
        }
        matches.sort(null);
        return matches;
    }

    private UclSource source(Path file) throws NotAllowed {
        Path real = requireInside(file);
        try {
            return new UclSource(real.toString(), SmallFiles.read(real, sizeMax));
        } catch (IOException e) {
            throw new NotAllowed("'" + Shown.of(String.valueOf(root.relativize(file))) + "': " + e.getMessage());
        }
    }

    private Path requireInside(Path path) throws NotAllowed {
        try {
            Path real = path.toRealPath();
            if (real.startsWith(root)) {
                return real;
            }
        } catch (IOException e) {
            throw new NotAllowed("The file cannot be read.");
        }
        throw new NotAllowed("A link leads out of the directory of the configured file.");
    }
}
