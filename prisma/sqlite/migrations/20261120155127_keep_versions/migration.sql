-- AlterTable
ALTER TABLE "BoardUpdate" ADD COLUMN "checksum" INTEGER;
ALTER TABLE "BoardUpdate" ADD COLUMN "foldedInto" BIGINT;

-- AlterTable
ALTER TABLE "BoardSnapshot" ADD COLUMN "damagedAt" DATETIME;

-- CreateTable
CREATE TABLE "BoardClient" (
    "boardId" TEXT NOT NULL,
    "clientId" BIGINT NOT NULL,
    "personId" TEXT NOT NULL,

    PRIMARY KEY ("boardId", "clientId"),
    CONSTRAINT "BoardClient_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "BoardVersion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "boardId" TEXT NOT NULL,
    "name" TEXT,
    "reason" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT,
    "elements" INTEGER NOT NULL,
    "data" BLOB NOT NULL,
    "checksum" TEXT NOT NULL,
    CONSTRAINT "BoardVersion_boardId_fkey" FOREIGN KEY ("boardId") REFERENCES "Board" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "BoardVersion_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "BoardVersionAuthor" (
    "versionId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,

    PRIMARY KEY ("versionId", "userId"),
    CONSTRAINT "BoardVersionAuthor_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "BoardVersion" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "BoardVersionAuthor_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "BoardClient_personId_idx" ON "BoardClient"("personId");

-- CreateIndex
CREATE INDEX "BoardVersion_boardId_createdAt_idx" ON "BoardVersion"("boardId", "createdAt");

-- CreateIndex
CREATE INDEX "BoardVersion_createdById_idx" ON "BoardVersion"("createdById");

-- CreateIndex
CREATE INDEX "BoardVersionAuthor_userId_idx" ON "BoardVersionAuthor"("userId");
