package dev.davit.proof;

import groovyjarjarasm.asm.ClassReader;
import groovyjarjarasm.asm.ClassVisitor;
import groovyjarjarasm.asm.ClassWriter;
import groovyjarjarasm.asm.MethodVisitor;
import groovyjarjarasm.asm.Opcodes;
import groovyjarjarasm.asm.Type;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Makes a JVM list every directory the other way round. A file system lists the same entries in the same order again and
 * again, most of them whatever the order is in which the entries were made, so that this is the one way to move it.
 */
public final class Disorder implements ClassFileTransformer {

    /** The methods that all others that list a directory come to, and what they give. */
    private static final Map<String, Class<?>> LISTINGS =
            Map.of("normalizedList", String[].class, "newDirectoryStream", DirectoryStream.class);

    private final List<Class<?>> types;

    private Disorder(List<Class<?>> types) {
        this.types = types;
    }

    /** Writes the agent that does it: what the option {@code -javaagent} of a JVM takes. */
    static void writeAgent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", Disorder.class.getName());
        main.putValue("Can-Retransform-Classes", "true");
        main.putValue("Boot-Class-Path", jar.getFileName().toString());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream reversal = Objects.requireNonNull(Disorder.class.getResourceAsStream("Reversal.class"))) {
            out.putNextEntry(new JarEntry(name(Reversal.class) + ".class"));
            reversal.transferTo(out);
        }
    }

    /** Called by the JVM, before it runs anything else. */
    public static void premain(String arguments, Instrumentation jvm) throws Exception {
        List<Class<?>> types = new ArrayList<>(List.of(File.class));
        for (Class<?> type = FileSystems.getDefault().provider().getClass(); type != null; type = type.getSuperclass()) {
            types.add(type);
        }
        jvm.addTransformer(new Disorder(types), true);
        for (Class<?> type : types) {
            if (jvm.isModifiableClass(type)) {
                jvm.retransformClasses(type);
            }
        }
    }

    @Override
    public byte @Nullable [] transform(@Nullable ClassLoader loader, String className, @Nullable Class<?> type,
            ProtectionDomain domain, byte[] bytes) {
        if (!types.contains(type)) {
            return null;
        }
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                    String[] exceptions) {
                MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                Class<?> listing = LISTINGS.get(name);
                boolean isListing = listing != null && Type.getReturnType(descriptor).equals(Type.getType(listing))
                        && (access & Opcodes.ACC_ABSTRACT) == 0;
                return isListing ? reversing(method, Type.getDescriptor(listing)) : method;
            }
        }, 0);
        return writer.toByteArray();
    }

    private static MethodVisitor reversing(MethodVisitor method, String type) {
        return new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode == Opcodes.ARETURN) {
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, name(Reversal.class), "of", "(" + type + ")" + type, false);
                }
                super.visitInsn(opcode);
            }
        };
    }

    private static String name(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
