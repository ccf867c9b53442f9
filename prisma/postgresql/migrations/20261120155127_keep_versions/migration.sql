-- AlterTable
ALTER TABLE "BoardUpdate" ADD COLUMN     "checksum" INTEGER,
ADD COLUMN     "foldedInto" BIGINT;

-- AlterTable
ALTER TABLE "BoardSnapshot" ADD COLUMN     "damagedAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "BoardClient" (
    "boardId" TEXT NOT NULL,
    "clientId" BIGINT NOT NULL,
    "personId" TEXT NOT NULL,

    CONSTRAINT "BoardClient_pkey" PRIMARY KEY ("boardId","clientId")
);

-- CreateTable
CREATE TABLE "BoardVersion" (
    "id" TEXT NOT NULL,
    "boardId" TEXT NOT NULL,
    "name" TEXT,
    "reason" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT,
    "elements" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,
    "checksum" TEXT NOT NULL,

    CONSTRAINT "BoardVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BoardVersionAuthor" (
    "versionId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,

    CONSTRAINT "BoardVersionAuthor_pkey" PRIMARY KEY ("versionId","userId")
);

-- CreateIndex
CREATE INDEX "BoardClient_personId_idx" ON "BoardClient"("personId");

-- CreateIndex
CREATE INDEX "BoardVersion_boardId_createdAt_idx" ON "BoardVersion"("boardId", "createdAt");

-- CreateIndex
CREATE INDEX "BoardVersion_createdById_idx" ON "BoardVersion"("createdById");

-- CreateIndex
CREATE INDEX "BoardVersionAuthor_userId_idx" ON "BoardVersionAuthor"("userId");

-- AddForeignKey
ALTER TABLE "BoardClient" ADD CONSTRAINT "BoardClient_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BoardVersion" ADD CONSTRAINT "BoardVersion_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BoardVersion" ADD CONSTRAINT "BoardVersion_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BoardVersionAuthor" ADD CONSTRAINT "BoardVersionAuthor_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "BoardVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BoardVersionAuthor" ADD CONSTRAINT "BoardVersionAuthor_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
