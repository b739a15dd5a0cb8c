package dev.davit.tar;

import dev.davit.tar.Entry.Attributes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Takes what a folder on this machine holds into a layer. */
final class SourceFolder {

    private final String statement;
    private final LayerContent content;
    private final Attributes file;
    private final LayerBuilder.Settings settings;

    SourceFolder(String statement, LayerContent content, Attributes file, LayerBuilder.Settings settings) {
        this.statement = statement;
        this.content = content;
        this.file = file;
        this.settings = settings;
    }

    void add(Path folder, String target) throws IOException {
        boolean empty = true;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                addChild(child, target);
                empty = false;
            }
        }
        if ((empty || settings.isAboutDirectories()) && !target.isEmpty()) {
            content.add(Entry.directory(target, settings.ofDirectory(file)));
        }
    }

    private void addChild(Path path, String target) throws IOException {
        String name = ByteNames.lastName(path);
        LayerPath.checkName(statement, name, path.toString());
        String inImage = target.isEmpty() ? name : target + "/" + name;
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.isSymbolicLink()) {
            String link = ByteNames.text(Files.readSymbolicLink(path));
            content.add(Entry.symlink(inImage, link, settings.of(file).withMode(0777)));
        } else if (found.isDirectory()) {
            add(path, inImage);
        } else if (found.isRegularFile()) {
            content.add(statement, path, inImage, settings.of(file.withMode(mode(path))));
        } else {
            throw new IllegalArgumentException("layer: " + statement + " holds '" + path
                    + "', which is no file, directory or symbolic link");
        }
    }

    /** 0755 if anybody may execute it, else 0644; what else the machine says of it is its own affair. */
    static int mode(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return 0644;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        return permissions.contains(PosixFilePermission.OWNER_EXECUTE)
                || permissions.contains(PosixFilePermission.GROUP_EXECUTE)
                || permissions.contains(PosixFilePermission.OTHERS_EXECUTE) ? 0755 : 0644;
    }
}
