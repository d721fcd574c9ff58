package io.kadedb.sqltests.planted;

import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/** Changes of single instructions. */
final class CodeChanges {
    private CodeChanges() {}

    /** Leaves out a method's additions of doubles: {@code a + b} is {@code a}. */
    static AsmVisitorWrapper withoutAdditions(String method) {
        return new AsmVisitorWrapper.ForDeclaredMethods().method(ElementMatchers.named(method), CodeChanges::visitor);
    }

    private static MethodVisitor visitor(
            TypeDescription type,
            MethodDescription method,
            MethodVisitor next,
            Implementation.Context context,
            TypePool pool,
            int writerFlags,
            int readerFlags) {
        return new MethodVisitor(OpenedClassReader.ASM_API, next) {
            @Override
            public void visitInsn(int opcode) {
                super.visitInsn(opcode == Opcodes.DADD ? Opcodes.POP2 : opcode);
            }
        };
    }
}
