package dev.davit.dsl;

import groovyjarjarasm.asm.ClassReader;
import groovyjarjarasm.asm.ClassVisitor;
import groovyjarjarasm.asm.ClassWriter;
import groovyjarjarasm.asm.Handle;
import groovyjarjarasm.asm.MethodVisitor;
import groovyjarjarasm.asm.Opcodes;
import groovyjarjarasm.asm.Type;
import java.util.List;
import java.util.regex.Pattern;
import org.codehaus.groovy.control.BytecodeProcessor;

/**
 * Classes of a script with a {@link Restraint} before each call of the JDK that writes a file or runs a program. There are
 * such calls only in what Groovy compiles statically; all others are found out as they are made, by {@link RestrainedClass}.
 */
public final class RestrainedCode implements BytecodeProcessor {

    private static final List<String> FILES = List.of("java/io/File", "java/nio/file/Files",
            "org/codehaus/groovy/runtime/ResourceGroovyMethods");
    private static final List<String> CHANNELS = List.of("java/nio/channels/FileChannel",
            "java/nio/channels/AsynchronousFileChannel");
    private static final List<String> OPENING = RestrainedClass.OPENING.stream().map(Type::getInternalName).toList();
    private static final Pattern BY_NAME = Pattern.compile("\\(Ljava/(io/File|lang/String);.*");
    private static final List<String> PROGRAMS = List.of("java/lang/ProcessBuilder.start",
            "java/lang/ProcessBuilder.startPipeline", "java/lang/Runtime.exec");

    @Override
    public byte[] processBytecode(String name, byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] exceptions) {
                return new Calls(super.visitMethod(access, method, descriptor, signature, exceptions));
            }
        }, 0);
        return writer.toByteArray();
    }

    private static final class Calls extends MethodVisitor {

        Calls(MethodVisitor method) {
            super(Opcodes.ASM9, method);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            restrain(owner, name, descriptor);
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle method) {
                    restrain(method.getOwner(), method.getName(), method.getDesc());
                }
            }
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
        }

        private void restrain(String owner, String name, String descriptor) {
            boolean isFile = FILES.contains(owner) && RestrainedClass.WRITING.matcher(name).matches()
                    && !descriptor.endsWith("Ljava/io/OutputStream;)J");
            boolean isOpened = OPENING.contains(owner) && name.equals("<init>") && BY_NAME.matcher(descriptor).matches();
            if (isFile || isOpened || CHANNELS.contains(owner) && name.equals("open")) {
                before("writes", owner, name);
            } else if (PROGRAMS.contains(owner + "." + name)) {
                before("runs", owner, name);
            }
        }

        private void before(String check, String owner, String name) {
            super.visitLdcInsn(owner.replaceFirst(".*/", ""));
            super.visitLdcInsn(name.equals("<init>") ? "new" : name);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(Restraint.class), check,
                    "(Ljava/lang/String;Ljava/lang/String;)V", false);
        }
    }
}
